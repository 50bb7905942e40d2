#include "core/conv/rungs/scratch.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <new>

namespace convscope::conv::rungs {

namespace {

struct Block {
  float* memory = nullptr;
  std::size_t bytes = 0;
};

float* allocate(std::size_t bytes) {
  return static_cast<float*>(::operator new(bytes, std::align_val_t{Scratch::kAlignment}));
}

void release(float* memory) { ::operator delete(memory, std::align_val_t{Scratch::kAlignment}); }

#if defined(__SANITIZE_ADDRESS__)

// A block that is used again would hide an access after its end of life.
Block take(std::size_t bytes) { return {allocate(bytes), bytes}; }
void give_back(Block block) { release(block.memory); }
void keep(std::size_t) {}

#else

// The blocks that are free, the most recently used one last.
class Kept {
 public:
  // A block that is not much too large, or a new one.
  Block take(std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      for (std::size_t i = count_; i-- > 0;) {
        if (blocks_[i].bytes >= bytes && blocks_[i].bytes / 2 <= bytes) {
          return remove(i);
        }
      }
    }
    return {allocate(bytes), bytes};
  }

  void give_back(Block block) {
    const std::lock_guard lock(mutex_);
    if (block.bytes > most_) {
      release(block.memory);
      return;
    }
    while (count_ == blocks_.size() || total_ + block.bytes > most_) {
      release(remove(0).memory);
    }
    blocks_[count_++] = block;
    total_ += block.bytes;
  }

  void keep(std::size_t most) {
    const std::lock_guard lock(mutex_);
    most_ = most;
    while (total_ > most_) {
      release(remove(0).memory);
    }
  }

 private:
  Block remove(std::size_t index) {
    const Block block = blocks_[index];
    std::move(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
              blocks_.begin() + static_cast<std::ptrdiff_t>(count_),
              blocks_.begin() + static_cast<std::ptrdiff_t>(index));
    --count_;
    total_ -= block.bytes;
    return block;
  }

  std::mutex mutex_;
  std::array<Block, 16> blocks_;
  std::size_t count_ = 0;
  std::size_t total_ = 0;
  std::size_t most_ = kKeptScratch;
};

// Never destroyed: tensors that outlive main() give their memory back to it.
Kept& kept() {
  static Kept* const kKept = new Kept;  // NOLINT(cppcoreguidelines-owning-memory)
  return *kKept;
}

Block take(std::size_t bytes) { return kept().take(bytes); }
void give_back(Block block) { kept().give_back(block); }
void keep(std::size_t most) { kept().keep(most); }

#endif

}  // namespace

Scratch::Scratch(std::int64_t count) {
  const Block block = take(static_cast<std::size_t>(count) * sizeof(float));
  floats_ = {block.memory, ScratchReturn{block.bytes}};
}

void ScratchReturn::operator()(float* floats) const { give_back({floats, bytes}); }

void keep_scratch(std::size_t most_bytes) { keep(most_bytes); }

}  // namespace convscope::conv::rungs
