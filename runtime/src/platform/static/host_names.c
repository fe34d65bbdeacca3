// In static executables that make requests: the sources of host names that the C library has in it.
// Others of /etc/nsswitch.conf are shared libraries of the machine's own C library.
#include <nss.h>

__attribute__((constructor)) static void use_own_sources(void) {
  __nss_configure_lookup("hosts", "files dns");
}
