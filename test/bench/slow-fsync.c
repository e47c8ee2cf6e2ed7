// Loaded with LD_PRELOAD: makes each sync to disk 10 ms slower, as on a cheap virtual server.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

static void wait(void) { usleep(10000); }

int fsync(int fd) {
	wait();
	return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
	wait();
	return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
