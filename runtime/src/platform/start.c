// Where the kernel enters an executable. The C library's own start file asks for the library that
// it was made with, and one of glibc 2.34 or later leaves the constructors to that library, which
// older ones do not run; here the program runs them itself.
#include <stddef.h>
#include <stdint.h>

typedef void (*Initialiser)(int argc, char** argv, char** environment);

// From the linker.
extern Initialiser __init_array_start[] __attribute__((visibility("hidden")));
extern Initialiser __init_array_end[] __attribute__((visibility("hidden")));

extern int main(int argc, char** argv, char** environment);
extern int __libc_start_main(int (*entry)(int, char**, char**), int argc, char** argv,
                             Initialiser initialise, void (*finish)(void),
                             void (*loader_finish)(void), void* stack_end);

static void run_constructors(int argc, char** argv, char** environment) {
  for (Initialiser* at = __init_array_start; at != __init_array_end; ++at)
    (*at)(argc, argv, environment);
}

/// The loader runs the destructors, as it does for every library.
static void finish_nothing(void) {}

__attribute__((noreturn, used)) static void begin(uintptr_t* stack, void (*loader_finish)(void)) {
  __libc_start_main(main, (int)stack[0], (char**)(stack + 1), run_constructors, finish_nothing,
                    loader_finish, stack);
  __builtin_trap();
}

// The stack has the number of arguments at its top; the outermost frame is marked by zeros.
#if defined(__x86_64__)
__asm__(
    ".text\n"
    ".globl _start\n"
    ".type _start,@function\n"
    "_start:\n"
    "  xorl %ebp, %ebp\n"
    "  movq %rsp, %rdi\n"
    "  movq %rdx, %rsi\n"
    "  andq $-16, %rsp\n"
    "  callq begin\n"
    ".size _start, . - _start\n");
#elif defined(__aarch64__)
__asm__(
    ".text\n"
    ".globl _start\n"
    ".type _start,%function\n"
    "_start:\n"
    "  mov x29, #0\n"
    "  mov x30, #0\n"
    "  mov x1, x0\n"
    "  mov x0, sp\n"
    "  bl begin\n"
    ".size _start, . - _start\n");
#else
#error "no start for this machine"
#endif
