/* Each commit takes so much longer, in ms: workerd's SQLite waits for `fsync` before anything leaves. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_more(void) {
  const char *ms = getenv("SLOW_DISK_MS");
  if (ms) usleep(atoi(ms) * 1000);
}

int fsync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  int done = real(file);
  wait_more();
  return done;
}

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  int done = real(file);
  wait_more();
  return done;
}
