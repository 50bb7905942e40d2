// The tensors that one file names. Each file and each seed is read once, however many scenes use
// it, and what they hold together is limited. Internal to core.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/lesson_json.h"
#include "core/tensor/random.h"

namespace convscope::lesson {

class TensorPool {
 public:
  // Without a loader there are no files.
  explicit TensorPool(LoadTensor load);

  bool reads_files() const;
  // Both throw "document_too_large" at `at`; file() also what the loader throws.
  Tensor file(const JsonAt& at, const FileSource& source);
  // Checked before it is drawn.
  Tensor random(const JsonAt& at, const Shape& shape, const RandomSpec& spec);

 private:
  using FileKey = std::tuple<FileSource::Kind, std::string, std::string, std::string, bool>;
  using RandomKey = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                               std::uint64_t, Distribution, double, double>;

  void count(const JsonAt& at, const Shape& shape);

  LoadTensor load_;
  std::map<FileKey, Tensor> files_;
  std::map<RandomKey, Tensor> random_;
  std::int64_t values_ = 0;
};

}  // namespace convscope::lesson
