// glibc 2.32 says here whether there is one thread only; without it there may be more.
char __libc_single_threaded = 0;
