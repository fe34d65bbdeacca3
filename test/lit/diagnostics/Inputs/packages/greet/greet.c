#include "greet.pf.h"

#ifndef NODE
#define NODE pfn_greet_hello
#endif
#ifndef OTHER
#define OTHER 0
#endif

void closefrom(int descriptor);

pf_status NODE(pf_call* call, const hello_in* in, hello_out* out) {
  if (OTHER) closefrom(3);
  out->greeting = in->name;
  pf_str_retain(out->greeting);
  return PF_DONE;
}
