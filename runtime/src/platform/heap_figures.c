// mallinfo2 (glibc 2.33) is mallinfo with figures that hold more than 2 GiB.
#include <malloc.h>

struct mallinfo2 mallinfo2(void) {
  struct mallinfo small = mallinfo();
  return (struct mallinfo2){(unsigned)small.arena,    (unsigned)small.ordblks,
                            (unsigned)small.smblks,   (unsigned)small.hblks,
                            (unsigned)small.hblkhd,   (unsigned)small.usmblks,
                            (unsigned)small.fsmblks,  (unsigned)small.uordblks,
                            (unsigned)small.fordblks, (unsigned)small.keepcost};
}
