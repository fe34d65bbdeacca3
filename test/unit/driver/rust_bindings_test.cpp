#include "tools/driver/packages/rust_bindings.h"

#include <gtest/gtest.h>

namespace pflow::packages {
namespace {

TEST(RustBindings, HaveTheStructsOfTheHeader) {
  const std::string made = rust_bindings(
      "typedef struct Shape {\n  pf_str name;\n  const pf_type *type_T;\n  void *item;\n"
      "  double in_;\n} Shape;\n\nenum {\n  Shape_A,\n  Shape_B,\n};\n\n");
  EXPECT_NE(made.find("pub struct Shape {\n    pub r#name: pf_str,\n"
                      "    pub r#type_T: *const pf_type,\n    pub r#item: *mut c_void,\n"
                      "    pub r#in_: f64,\n}\n"),
            std::string::npos)
      << made;
  EXPECT_NE(made.find("pub const Shape_A: i64 = 0;\npub const Shape_B: i64 = 1;\n"),
            std::string::npos)
      << made;
}

TEST(RustBindings, HaveTheTypesOfTheFunctions) {
  const std::string made = rust_bindings(
      "pf_status pfn_a_b(pf_call *call, const b_in *in, b_out *out);\n"
      "void pfn_a_b_settings(pf_settings *to, const pf_site *const *sites, size_t count);\n");
  EXPECT_NE(made.find("pub type pfn_a_b_fn = unsafe extern \"C\" fn(r#call: *mut pf_call, r#in: "
                      "*const b_in, r#out: *mut b_out) -> pf_status;\n"),
            std::string::npos)
      << made;
  EXPECT_NE(made.find("r#sites: *const *const pf_site, r#count: usize);\n"), std::string::npos)
      << made;
}

}  // namespace
}  // namespace pflow::packages
