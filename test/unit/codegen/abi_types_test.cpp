// The LLVM forms of the structs of pflow/abi.h against those that a C compiler sees.
#include "codegen/forms/abi_types.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "codegen/llvm_headers.h"
#include "pflow/abi.h"
#include "pflow/policy.h"
#include "pflow/serve.h"

/// One field of a struct of C: its number in the LLVM form, its offset and its size.
#define FIELD(type, number, name) \
  Fields::value_type(number, {offsetof(type, name), sizeof(type::name)})
/// That a member of AbiTypes is the form of a struct of C, whose fields follow, all of them.
#define EXPECT_FORM(type, form, ...) expect_form<type>(#type, abi_.form, {__VA_ARGS__})

namespace pflow::codegen {
namespace {

/// Field number -> offset and size.
using Fields = std::map<unsigned, std::pair<uint64_t, uint64_t>>;

class AbiTypesTest : public testing::Test {
 protected:
  template <typename C>
  void expect_form(std::string_view name, llvm::StructType* form, const Fields& fields) {
    SCOPED_TRACE(name);
    const llvm::StructLayout* layout = data_.getStructLayout(form);
    EXPECT_EQ(data_.getTypeAllocSize(form).getFixedValue(), sizeof(C));
    EXPECT_EQ(data_.getABITypeAlign(form).value(), alignof(C));
    Fields found;
    for (unsigned i = 0; i < form->getNumElements(); ++i) {
      found[i] = {layout->getElementOffset(i).getFixedValue(),
                  data_.getTypeAllocSize(form->getElementType(i)).getFixedValue()};
    }
    EXPECT_EQ(found, fields);
  }

  llvm::LLVMContext context_;
  AbiTypes abi_{context_};
  /// That of x86-64 Linux.
  llvm::DataLayout data_{
      "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"};
};

TEST_F(AbiTypesTest, ValuesLieAsInC) {
  EXPECT_FORM(pf_str, str, FIELD(pf_str, 0, data), FIELD(pf_str, 1, len), FIELD(pf_str, 2, owner));
  EXPECT_FORM(pf_list_head, list_head, FIELD(pf_list_head, kListCount, count),
              FIELD(pf_list_head, kListLength, len), FIELD(pf_list_head, kListCapacity, capacity),
              FIELD(pf_list_head, kListIndex, index));
  EXPECT_FORM(pf_stream, stream, FIELD(pf_stream, kStreamOps, ops),
              FIELD(pf_stream, kStreamItem, item), FIELD(pf_stream, kStreamShares, shares));
  EXPECT_FORM(pf_cmd, cmd, FIELD(pf_cmd, 0, script), FIELD(pf_cmd, 1, args));
  EXPECT_FORM(pf_sql, cmd, FIELD(pf_sql, 0, text), FIELD(pf_sql, 1, args));
  EXPECT_FORM(pf_json, json, FIELD(pf_json, 0, kind), FIELD(pf_json, 1, text));
  EXPECT_FORM(pf_sum, sum, FIELD(pf_sum, kSumVariant, variant), FIELD(pf_sum, kSumBox, box));
  EXPECT_FORM(pf_error_value, error_value, FIELD(pf_error_value, 0, message),
              FIELD(pf_error_value, 1, kind), FIELD(pf_error_value, 2, node),
              FIELD(pf_error_value, 3, attempt), FIELD(pf_error_value, 4, data));
}

TEST_F(AbiTypesTest, DescriptorsLieAsInC) {
  EXPECT_FORM(pf_piece, piece, FIELD(pf_piece, 0, text), FIELD(pf_piece, 1, hole),
              FIELD(pf_piece, 2, begins_word), FIELD(pf_piece, 3, after_dashes),
              FIELD(pf_piece, 4, is_parameters), FIELD(pf_piece, 5, part));
  EXPECT_FORM(pf_type, type, FIELD(pf_type, 0, kind), FIELD(pf_type, 1, size),
              FIELD(pf_type, 2, align), FIELD(pf_type, 3, counted), FIELD(pf_type, 4, name),
              FIELD(pf_type, 5, element), FIELD(pf_type, 6, count), FIELD(pf_type, 7, fields),
              FIELD(pf_type, 8, literals), FIELD(pf_type, 9, variants), FIELD(pf_type, 10, tag),
              FIELD(pf_type, 11, doc));
  EXPECT_FORM(pf_field, field, FIELD(pf_field, 0, name), FIELD(pf_field, 1, wire),
              FIELD(pf_field, 2, type), FIELD(pf_field, 3, offset), FIELD(pf_field, 4, doc),
              FIELD(pf_field, 5, default_value));
  EXPECT_FORM(pf_literal, literal, FIELD(pf_literal, 0, port), FIELD(pf_literal, 1, text));
  EXPECT_FORM(pf_site, site, FIELD(pf_site, 0, id), FIELD(pf_site, 1, node),
              FIELD(pf_site, 2, file), FIELD(pf_site, 3, source), FIELD(pf_site, 4, line),
              FIELD(pf_site, 5, column), FIELD(pf_site, 6, length),
              FIELD(pf_site, 7, literal_count), FIELD(pf_site, 8, literals));
}

TEST_F(AbiTypesTest, CallsAndFramesLieAsInC) {
  EXPECT_FORM(pf_call, call, FIELD(pf_call, kCallSite, site), FIELD(pf_call, kCallFrame, frame),
              FIELD(pf_call, kCallAction, action), FIELD(pf_call, kCallStatus, status),
              FIELD(pf_call, kCallCancel, cancel), FIELD(pf_call, kCallState, state),
              FIELD(pf_call, kCallError, error), FIELD(pf_call, kCallStep, step));
  EXPECT_FORM(pf_node, node, FIELD(pf_node, 0, name), FIELD(pf_node, 1, effects),
              FIELD(pf_node, 2, run), FIELD(pf_node, 3, port_count),
              FIELD(pf_node, 4, output_count), FIELD(pf_node, 5, ports), FIELD(pf_node, 6, outputs),
              FIELD(pf_node, 7, repeatable));
  EXPECT_FORM(pf_frame_slot, frame_slot, FIELD(pf_frame_slot, 0, type),
              FIELD(pf_frame_slot, 1, offset), FIELD(pf_frame_slot, 2, name));
  EXPECT_FORM(pf_frame_info, frame_info, FIELD(pf_frame_info, 0, name),
              FIELD(pf_frame_info, 1, size), FIELD(pf_frame_info, 2, slot_count),
              FIELD(pf_frame_info, 3, slots), FIELD(pf_frame_info, 4, resume),
              FIELD(pf_frame_info, 5, param_count), FIELD(pf_frame_info, 6, result_count),
              FIELD(pf_frame_info, 7, params), FIELD(pf_frame_info, 8, results),
              FIELD(pf_frame_info, 9, behaviour));
  EXPECT_FORM(pf_frame, frame, FIELD(pf_frame, kFrameInfo, info),
              FIELD(pf_frame, kFrameParent, parent), FIELD(pf_frame, kFrameEnded, ended),
              FIELD(pf_frame, kFrameState, state), FIELD(pf_frame, kFrameDepth, depth),
              FIELD(pf_frame, kFrameCall, call));
}

TEST_F(AbiTypesTest, WhatStartsFlowsLiesAsInC) {
  const Fields policy = {
      FIELD(pf_policy, kPolicySet, set),
      FIELD(pf_policy, kPolicySkips, skips),
#define PFLOW_POLICY(Name, NAME, word, value, scope, flags, expects) \
  FIELD(pf_policy, kPolicy##Name, word),
#define PFLOW_LANGUAGE_POLICY(...)
#include "ir/policies.def"
  };
  expect_form<pf_policy>("pf_policy", abi_.policy, policy);
  EXPECT_FORM(pf_each_out, each_out, FIELD(pf_each_out, kEachResults, results),
              FIELD(pf_each_out, kEachSkipped, skipped), FIELD(pf_each_out, kEachErrors, errors));
  EXPECT_FORM(pf_branch, branch, FIELD(pf_branch, 0, flow), FIELD(pf_branch, 1, arguments),
              FIELD(pf_branch, 2, results));
  EXPECT_FORM(pf_pipe, pipe, FIELD(pf_pipe, 0, run), FIELD(pf_pipe, 1, item),
              FIELD(pf_pipe, 2, captured), FIELD(pf_pipe, 3, captured_count),
              FIELD(pf_pipe, 4, captured_size));
}

TEST_F(AbiTypesTest, TheProgramLiesAsInC) {
  EXPECT_FORM(pf_param, param, FIELD(pf_param, 0, name), FIELD(pf_param, 1, type),
              FIELD(pf_param, 2, doc), FIELD(pf_param, 3, default_text),
              FIELD(pf_param, 4, default_value), FIELD(pf_param, 5, offset),
              FIELD(pf_param, 6, from_stdin));
  EXPECT_FORM(pf_preflight, preflight, FIELD(pf_preflight, 0, check), FIELD(pf_preflight, 1, sites),
              FIELD(pf_preflight, 2, site_count));
  EXPECT_FORM(
      pf_program, program, FIELD(pf_program, 0, abi_version), FIELD(pf_program, 1, name),
      FIELD(pf_program, 2, doc), FIELD(pf_program, 3, params), FIELD(pf_program, 4, param_count),
      FIELD(pf_program, 5, params_size), FIELD(pf_program, 6, results_size),
      FIELD(pf_program, 7, result_count), FIELD(pf_program, 8, results), FIELD(pf_program, 9, run),
      FIELD(pf_program, 10, start), FIELD(pf_program, 11, finish), FIELD(pf_program, 12, loop),
      FIELD(pf_program, 13, preflights), FIELD(pf_program, 14, preflight_count),
      FIELD(pf_program, 15, watch_count), FIELD(pf_program, 16, watches),
      FIELD(pf_program, 17, report_page), FIELD(pf_program, 18, plan),
      FIELD(pf_program, 19, durable), FIELD(pf_program, 20, server),
      FIELD(pf_program, 21, served_count), FIELD(pf_program, 22, served));
  EXPECT_FORM(pf_served, served, FIELD(pf_served, 0, tool), FIELD(pf_served, 1, effects),
              FIELD(pf_served, 2, preflights), FIELD(pf_served, 3, preflight_count));
  EXPECT_FORM(pf_test, test, FIELD(pf_test, 0, title), FIELD(pf_test, 1, program));
  EXPECT_FORM(pf_tool, tool, FIELD(pf_tool, 0, name), FIELD(pf_tool, 1, doc),
              FIELD(pf_tool, 2, input), FIELD(pf_tool, 3, flow));
  EXPECT_FORM(pf_foreign, foreign, FIELD(pf_foreign, 0, node), FIELD(pf_foreign, 1, words),
              FIELD(pf_foreign, 2, word_count), FIELD(pf_foreign, 3, action_count),
              FIELD(pf_foreign, 4, options), FIELD(pf_foreign, 5, actions),
              FIELD(pf_foreign, 6, folder), FIELD(pf_foreign, 7, declared),
              FIELD(pf_foreign, 8, input), FIELD(pf_foreign, 9, output));
}

}  // namespace
}  // namespace pflow::codegen
