// What the C library gives to each executable apart, as it belongs to it: functions to be called at
// the end and at a fork.
extern int __cxa_atexit(void (*function)(void*), void* argument, void* owner);
extern int __cxa_at_quick_exit(void (*function)(void*), void* owner);
extern int __register_atfork(void (*before)(void), void (*parent)(void), void (*child)(void),
                             void* owner);
extern void* __dso_handle __attribute__((visibility("hidden")));

int atexit(void (*function)(void)) {
  return __cxa_atexit((void (*)(void*))function, (void*)0, __dso_handle);
}

int at_quick_exit(void (*function)(void)) {
  return __cxa_at_quick_exit((void (*)(void*))function, __dso_handle);
}

int pthread_atfork(void (*before)(void), void (*parent)(void), void (*child)(void)) {
  return __register_atfork(before, parent, child, __dso_handle);
}
