/// Frames that the runtime starts for a caller: their arguments come from a block,
/// their results go to one. A block has the layout of a C struct.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Walks the fields of a block.
class BlockLayout {
 public:
  /// The offset of the next field.
  size_t next(const pf_type* type) {
    size_t offset = (end_ + type->align - 1) / type->align * type->align;
    end_ = offset + type->size;
    return offset;
  }

 private:
  size_t end_ = 0;
};

inline char* slot_in(pf_frame* frame, const pf_frame_slot& slot) {
  return reinterpret_cast<char*>(frame) + slot.offset;
}

/// Copies a value into the zeroed parameter.
void bind_param(pf_frame* child, uint32_t param, const void* value);
/// The same for the parameters from `first` on, out of a block whose fields they are,
/// behind those that `layout` has walked.
void bind_params(pf_frame* child, uint32_t first, const void* block, BlockLayout layout);
/// Moves the results of a flow that has ended into zeroed room.
void move_results(pf_frame* child, void* block);

/// Behind the frame of a child, where its starter keeps what it knows of it.
template <typename Record>
Record* record_of(pf_frame* child) {
  size_t offset = (child->info->size + alignof(Record) - 1) / alignof(Record) * alignof(Record);
  return reinterpret_cast<Record*>(reinterpret_cast<char*>(child) + offset);
}
template <typename Record>
constexpr size_t kRoomFor = sizeof(Record) + alignof(Record) - 1;

}  // namespace pflow::rt
