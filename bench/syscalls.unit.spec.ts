import { expect, it } from "vitest";
import { readTrace } from "./syscalls.ts";

it("counts commits, other syncs, and files that were made", () => {
  const lines = [
    '101 openat(AT_FDCWD</run>, "/data/objects/A.sqlite", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 30</data/objects/A.sqlite>',
    '101 openat(12</data/objects>, "A.sqlite-wal", O_RDWR|O_CREAT|O_NOFOLLOW, 0600) = 31</data/objects/A.sqlite-wal>',
    '101 openat(12</data/objects>, "A.sqlite-shm", O_RDWR|O_CREAT|O_NOFOLLOW, 0600) = 32</data/objects/A.sqlite-shm>',
    '101 openat(AT_FDCWD</run>, "/data/objects/B.sqlite", O_RDWR|O_CREAT, 0600) = -1 ENOENT (No such file or directory)',
    '101 openat(AT_FDCWD</run>, "/proc/self/stat", O_RDONLY) = 33</proc/self/stat>',
    "101 fsync(30</data/objects/A.sqlite>)  = 0",
    "101 fdatasync(31</data/objects/A.sqlite-wal>) = 0",
    "102 fdatasync(31</data/objects/A.sqlite-wal> <unfinished ...>",
    "102 <... fdatasync resumed>)           = 0",
    "+++ exited with 0 +++",
  ];
  expect(readTrace(lines)).toEqual({ commits: 2, syncs: 3, newFiles: 2 });
});

it("counts nothing where nothing was asked", () => {
  expect(readTrace([""])).toEqual({ commits: 0, syncs: 0, newFiles: 0 });
});
