// In the shared libcurl of an installation: what loads it is no other program's OpenSSL.
#include <openssl/crypto.h>

namespace {

/// As in an executable that has libcurl in it: the configuration of the machine's own OpenSSL may
/// name modules that this one cannot load.
[[gnu::constructor]] void read_no_config() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

}  // namespace
