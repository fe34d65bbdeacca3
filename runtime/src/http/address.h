/// Addresses of http and https, read by libcurl's parser (RFC 3986).
#pragma once

#include <curl/curl.h>

namespace pflow {

/// libcurl is loaded before the first one is made.
class Address {
 public:
  Address();
  Address(const Address&) = delete;
  Address& operator=(const Address&) = delete;
  ~Address();

  /// Null, or why the text is no address that a request can go to.
  const char* set(const char* text);
  /// Goes where the `Location` of an answer leads; null, or why that is nowhere.
  const char* follow(const char* location);
  /// Whether scheme, host and port are the same.
  [[nodiscard]] bool same_origin(const Address& other) const;
  /// Takes over user and password unless it has its own.
  void take_user(const Address& other);
  /// The whole text, to be given back with `curl_free`; null when there is none.
  [[nodiscard]] char* text() const;
  /// These as well; an address of IPv6 stands in brackets.
  [[nodiscard]] char* host() const;
  [[nodiscard]] char* port() const;
  [[nodiscard]] bool is_secure() const;

 private:
  [[nodiscard]] char* part(CURLUPart part, unsigned flags = 0) const;
  [[nodiscard]] bool same_part(const Address& other, CURLUPart part, unsigned flags = 0) const;
  [[nodiscard]] const char* problem(CURLUcode code) const;

  CURLU* handle_;
};

}  // namespace pflow
