/** Stands in for `just-bash`, an optional peer that Think's bundle names and a chat never runs. */
export class Bash {}
export const defineCommand = () => null
