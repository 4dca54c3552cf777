/** The agent's ports, on the platform. */
import type { DurableObjectBindings } from "../bindings.ts";
import { databaseDirectory, tenantDirectory } from "../directory.ts";
import { watchStub } from "../heartbeat-watch/shards.ts";
import { databaseStub, execute, LATEST, sapSystemStub } from "../streams.ts";
import type { AgentPorts } from "./ports.ts";

export function agentPorts(env: DurableObjectBindings): AgentPorts {
  return {
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
    send: (command, metadata, commandId, keepOutcome) =>
      execute(env, command, { commandId, keepOutcome, metadata }),
    database: async (id) => (await databaseStub(env, id).stateAt(LATEST)).state,
    instancesOn: async (layer, id, hostId) => {
      const stub = layer === "database" ? databaseStub(env, id) : sapSystemStub(env, id);
      const { state } = await stub.stateAt(LATEST);
      const own = state.instances.filter(({ host_id }) => host_id === hostId);
      return {
        numbers: own.map(({ instance_number }) => instance_number),
        gone: state.deregistered_at !== null,
      };
    },
    directory: {
      announce: (tenant, entry) => tenantDirectory(env, tenant).announce(entry),
      withdraw: (tenant, databaseId, hostId) => tenantDirectory(env, tenant).withdraw(databaseId, hostId),
      find: (tenant, address) => tenantDirectory(env, tenant).find(address),
      wait: (tenant, address, agentId) => tenantDirectory(env, tenant).wait(agentId, address),
      waitForDatabase: async (databaseId, agentId) => {
        await databaseDirectory(env, databaseId).wait(agentId, null);
      },
    },
    doubt: async (id) => {
      try {
        await watchStub(env, id).doubt(id);
      } catch (error) {
        // What is not asked for comes by itself, some minutes later.
        console.error(`nobody could be told that ${id} is to say all anew`, error);
      }
    },
  };
}
