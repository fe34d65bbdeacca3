/// A file that takes its place when it is whole: written beside the target, made
/// durable, renamed. Until then, and when that fails, nothing is to be seen of it; the
/// folders made on the way go again. A device, a pipe or an open file (/dev/stdout) is
/// written in place.
///
///   NewFile file;
///   int error = file.open(path);
///   if (!error) error = file.write(data, len);
///   if (!error) error = file.finish();  // error numbers: pf_files::reason
#pragma once

#include <stddef.h>

#include "target.h"

namespace pf_files {

/// What `finish` does with a file that stands there.
enum class Existing { Replace, Keep };

class NewFile {
 public:
  NewFile() = default;
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() { drop(); }

  /// Looks at the target, makes what folders are missing and starts; 0, or the error
  /// number: EISDIR for a folder, EEXIST for a file that is to be kept.
  int open(const char* path, Existing existing = Existing::Replace);
  /// The same for a file that may take several tries: goes on behind the first `size` bytes of
  /// what an earlier one kept. EBUSY: another one writes it; ESTALE: that much is not
  /// there; EINVAL: a device keeps nothing.
  int open_kept(const char* path, off_t size);
  /// Adds bytes; 0, or the error number.
  int write(const char* data, size_t len);
  /// Gives it these permissions instead of those of the file it replaces.
  int set_mode(mode_t mode);
  /// Leaves what there is of a file from `open_kept` for the next one.
  void keep();
  /// Puts it in its place; 0, or the error number.
  int finish();
  [[nodiscard]] int descriptor() const { return fd_; }

 private:
  int open_in_place();
  int create();
  int create_beside();
  int lock_kept();
  int take_after();
  int settle();
  int take_place();
  void drop();
  void begin_writing();

  Target target_;
  ParentFolders folders_;
  Existing existing_ = Existing::Replace;
  char path_[PATH_MAX];
  int fd_ = -1;
  int handle_ = -1;
  off_t len_ = 0;
  off_t begun_ = 0;      ///< how much of it the machine was told to put on disk
  bool beside_ = false;  ///< there is a temporary file
  bool in_place_ = false;
  bool mode_set_ = false;
};

/// Where `open_kept` keeps what belongs to this path; 0, or the error number.
int kept_path(const char* path, char (&kept)[PATH_MAX]);

/// Writes everything; 0, or the error number. `*written` counts also then.
int write_all(int fd, const char* data, size_t len, size_t* written);

/// Makes durable what names the folder of `path` holds; 0, or the error number.
int sync_folder_of(const char* path);

/// Renames without replacing: EEXIST when something stands there. 0, or the error number.
int rename_new(const char* from, const char* to);

}  // namespace pf_files
