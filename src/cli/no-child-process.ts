/**
 * Stands for `node:child_process` in the build: commander asks for it at every start, for subcommands that are programs of their
 * own. There are none, and no other program is ever started.
 */
export {};
