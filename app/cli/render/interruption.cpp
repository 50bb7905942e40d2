#include "app/cli/render/interruption.h"

#include <cstdlib>
#include <mutex>

#include "core/tensor/problem.h"

namespace convscope::cli {

Interruption::Interruption()
    : signal_([this] {
        const std::unique_lock lock(files_, std::try_to_lock);
        if (lock.owns_lock()) {
          std::_Exit(128 + signal_.received().value_or(0));
        }
      }) {}

void Interruption::check() const {
  if (const std::optional<int> number = signal_.received()) {
    throw Failure({"interrupted", "", {{"signal", std::int64_t{*number}}}});
  }
}

}  // namespace convscope::cli
