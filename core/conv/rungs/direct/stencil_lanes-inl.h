// Shared by the tile code of each target: the register budget, and how rows are loaded.
#if defined(CONVSCOPE_STENCIL_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_STENCIL_LANES_INL_H_
#undef CONVSCOPE_STENCIL_LANES_INL_H_
#else
#define CONVSCOPE_STENCIL_LANES_INL_H_
#endif

#include <cstdint>

#include "hwy/cache_control.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes = hn::ScalableTag<float>;
using Vector = hn::Vec<Lanes>;
constexpr std::int64_t kLanes = hn::MaxLanes(Lanes());

// 32 registers hold 16 sums, 8 weights and the loaded inputs; 16 registers hold 8 sums.
#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3) || HWY_ARCH_ARM_A64
constexpr int kRows = 8;
#else
constexpr int kRows = 4;
#endif

// Whether cells beside a row may be loaded if a mask clears them: either nothing is loaded there,
// or (WebAssembly) a vector beside an operand still belongs to the memory.
#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2) || HWY_TARGET == HWY_WASM
constexpr bool kMaskedLoads = true;
#else
constexpr bool kMaskedLoads = false;
#endif

// Keeps the vector in a register: GCC would rather reload it for each use, and loads, most of which
// straddle two cache lines, are the bottleneck.
template <class V>
HWY_INLINE V in_register(V vector) {
#if HWY_COMPILER_GCC_ACTUAL && HWY_ARCH_X86
  asm("" : "+v"(vector.raw));
#endif
  return vector;
}

// Loads from rows in which every cell exists.
template <class D>
struct WholeLoad {
  struct Where {};
  HWY_INLINE Where where(std::int64_t) const { return {}; }
  HWY_INLINE hn::Vec<D> operator()(const float* from, Where) const {
    return in_register(hn::LoadU(D(), from));
  }
};

// Loads from rows of `width` cells with zeros beside them.
template <class D>
struct BorderLoad {
  std::int64_t width;
  struct Where {
    hn::Mask<D> mask;
    std::int64_t back;  // to the nearest place beside the row, if there is nothing to load
  };
  HWY_INLINE Where where(std::int64_t column) const {
    // As an unsigned number, a cell before the row is far past its end.
    const hn::RebindToUnsigned<D> du;
    const std::int64_t first = HWY_MAX(-kLanes, HWY_MIN(column, width));
    const auto cells = hn::Add(hn::Iota(du, 0), hn::Set(du, static_cast<std::uint32_t>(first)));
    const auto end = hn::Set(du, static_cast<std::uint32_t>(width));
    return {hn::RebindMask(D(), hn::Lt(cells, end)), HWY_TARGET == HWY_WASM ? first - column : 0};
  }
  HWY_INLINE hn::Vec<D> operator()(const float* from, Where where) const {
    return hn::MaskedLoad(where.mask, D(), from + where.back);
  }
};

// Prefetches into the second-level cache: waiting for the first-level cache would block the loads.
HWY_INLINE void fetch_early(const float* from) {
#if HWY_COMPILER_MSVC
  hwy::Prefetch(from);
#else
  __builtin_prefetch(from, /*write=*/0, /*locality=*/2);
#endif
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
