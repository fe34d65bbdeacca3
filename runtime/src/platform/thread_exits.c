// __cxa_thread_atexit_impl (glibc 2.18): the destructors of a thread's own objects, run when it
// ends, the last made first; those of the first thread when the program ends.
#include <pthread.h>
#include <stdlib.h>

struct Registered {
  void (*destroy)(void*);
  void* object;
  struct Registered* before;
};

static __thread struct Registered* last_registered;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void run_all(void* unused) {
  (void)unused;
  while (last_registered) {
    struct Registered* last = last_registered;
    last_registered = last->before;
    last->destroy(last->object);
    free(last);
  }
}

static void run_at_end(void) { run_all(NULL); }

static void prepare(void) {
  if (pthread_key_create(&key, run_all) != 0 || atexit(run_at_end) != 0) abort();
}

int __cxa_thread_atexit_impl(void (*destroy)(void*), void* object, void* library) {
  (void)library;
  struct Registered* made = malloc(sizeof *made);
  if (!made) return -1;
  pthread_once(&once, prepare);
  // A key's destructor runs for threads that have set it.
  pthread_setspecific(key, &last_registered);
  *made = (struct Registered){destroy, object, last_registered};
  last_registered = made;
  return 0;
}
