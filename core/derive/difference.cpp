#include "core/derive/difference.h"

#include <algorithm>
#include <functional>

#include "core/conv/parallel.h"

namespace convscope::derive {
namespace {

// One is shown while the next is made.
constexpr std::size_t kMostBuffers = 2;
constexpr std::int64_t kPiece = 1 << 16;

}  // namespace

Tensor Differences::of(const Tensor& a, const Tensor& b) {
  if (a.empty() || a.shape() != b.shape()) {
    return {};
  }
  const auto count = static_cast<std::size_t>(a.shape().count());
  const auto free = std::ranges::find_if(memory_, [&](const auto& memory) {
    return memory.use_count() == 1 && memory->size() == count;
  });
  const std::shared_ptr<std::vector<float>> memory =
      free != memory_.end() ? *free : std::make_shared<std::vector<float>>(count);
  if (free == memory_.end()) {
    memory_.push_back(memory);
    if (memory_.size() > kMostBuffers) {
      memory_.erase(memory_.begin());
    }
  }
  const std::int64_t pieces = (a.shape().count() + kPiece - 1) / kPiece;
  conv::parallel_for(pieces, conv::core_count(), [&](std::int64_t piece, std::int64_t) {
    const auto begin = piece * kPiece;
    const auto end = std::min(begin + kPiece, a.shape().count());
    std::transform(a.data() + begin, a.data() + end, b.data() + begin, memory->data() + begin,
                   std::minus());
  });
  // A name of its own (TensorName), although the memory may be that of an earlier one; who only
  // remembers the name holds no memory.
  const auto let_go = [held = memory](const float*) mutable { held.reset(); };
  return Tensor(a.shape(), std::shared_ptr<const float[]>(memory->data(), let_go));
}

}  // namespace convscope::derive
