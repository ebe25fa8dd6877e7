/** A time as everybody reads it alike, wherever they are. */
export function When({ at }: { at: string }) {
  return <time datetime={at}>{`${at.slice(0, 10)} ${at.slice(11, 16)} UTC`}</time>
}
