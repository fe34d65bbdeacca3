// round, round_to, format_number, floor, ceil, sqrt, pow.
#include <math.h>

#include "decimal.h"
#include "numbers.pf.hpp"

namespace {

/// A whole number as int; not a number and what does not fit fail.
pf_status to_int(pf_call* call, const char* node, double whole, double original, int64_t* out) {
  constexpr double kLimit = 9223372036854775808.0; /* 2^63 */
  if (whole >= -kLimit && whole < kLimit) {
    *out = static_cast<int64_t>(whole);
    return PF_DONE;
  }
  return pf_fail(call, PF_E_VALUE, "`%s` of %g does not fit an int", node, original);
}

constexpr pf_type kFloat = {PF_FLOAT, sizeof(double), alignof(double), 0,      "float", nullptr,
                            0,        nullptr,        nullptr,         nullptr};

}  // namespace

pf_status pfn_numbers_round(pf_call* call, const round_in* in, round_out* out) {
  return to_int(call, "round", ::round(in->number), in->number, &out->number);
}

pf_status pfn_numbers_round_to(pf_call* call, const round_to_in* in, round_to_out* out) {
  constexpr int64_t kMost = 400;  // no float has digits beyond
  if (in->digits < -kMost || in->digits > kMost)
    return pf_fail(call, PF_E_VALUE, "`digits` is %lld: expected -%lld to %lld",
                   static_cast<long long>(in->digits), static_cast<long long>(kMost),
                   static_cast<long long>(kMost));
  out->number = in->number;
  if (!isfinite(in->number)) return PF_DONE;
  pf_numbers::Decimal decimal(&in->number, &kFloat);
  decimal.round(in->digits);
  out->number = decimal.value();
  return PF_DONE;
}

pf_status pfn_numbers_format_number(pf_call* call, const format_number_in* in,
                                    format_number_out* out) {
  constexpr int64_t kMost = 100;
  int64_t decimals = in->decimals.has ? in->decimals.value : -1;
  if (in->decimals.has && (decimals < 0 || decimals > kMost))
    return pf_fail(call, PF_E_VALUE, "`decimals` is %lld: expected 0 to %lld",
                   static_cast<long long>(decimals), static_cast<long long>(kMost));
  if (in->type_Number->kind == PF_FLOAT && !isfinite(*static_cast<const double*>(in->number))) {
    pf_to_text(&out->text, in->number, in->type_Number);
    return PF_DONE;
  }
  pf_numbers::Decimal decimal(in->number, in->type_Number);
  out->text = decimal.text(decimals, pflow::view(in->thousands), pflow::view(in->point));
  return PF_DONE;
}

pf_status pfn_numbers_floor(pf_call* call, const floor_in* in, floor_out* out) {
  return to_int(call, "floor", ::floor(in->number), in->number, &out->number);
}

pf_status pfn_numbers_ceil(pf_call* call, const ceil_in* in, ceil_out* out) {
  return to_int(call, "ceil", ::ceil(in->number), in->number, &out->number);
}

pf_status pfn_numbers_sqrt(pf_call* call, const sqrt_in* in, sqrt_out* out) {
  if (in->number < 0) {
    return pf_fail(call, PF_E_VALUE, "the square root of %g is not a number", in->number);
  }
  out->number = ::sqrt(in->number);
  return PF_DONE;
}

pf_status pfn_numbers_pow(pf_call* call, const pow_in* in, pow_out* out) {
  out->number = ::pow(in->base, in->exponent);
  if (!isnan(out->number) || isnan(in->base) || isnan(in->exponent)) return PF_DONE;
  return pf_fail(call, PF_E_VALUE, "%g to the power of %g is not a number", in->base, in->exponent);
}
