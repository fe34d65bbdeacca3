// What the C library gives to each executable apart, as it belongs to it.
extern int __cxa_atexit(void (*function)(void*), void* argument, void* owner);
extern void* __dso_handle __attribute__((visibility("hidden")));

int atexit(void (*function)(void)) {
  return __cxa_atexit((void (*)(void*))function, (void*)0, __dso_handle);
}
