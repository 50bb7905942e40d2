#include "core/conv/analysis/receptive_field.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/conv/window_reads.h"

namespace convscope::conv {
namespace {

LayerSpec conv(std::int64_t kernel, std::int64_t stride, std::int64_t pad) {
  return {.kernel_size = {kernel, kernel},
          .stride = {stride, stride},
          .padding = PaddingRule::kExplicit,
          .pads = {pad, pad, pad, pad}};
}

const LayerSpec kPool{.op = Op::kMaxPool, .kernel_size = {2, 2}, .stride = {2, 2}};

TEST(ReceptiveField, Vgg16) {
  std::vector<LayerSpec> layers;
  for (const int convolutions : {2, 2, 3, 3, 3}) {
    layers.insert(layers.end(), static_cast<std::size_t>(convolutions), conv(3, 1, 1));
    layers.push_back(kPool);
  }
  const ReceptiveField top = receptive_fields(layers, {1, 1, 224, 224}).back();
  EXPECT_EQ(top.size, (Size2{212, 212}));
  EXPECT_EQ(top.jump_y, 32);
  EXPECT_EQ(top.jump_x, 32);
}

TEST(ReceptiveField, SmallStack) {
  const LayerSpec layers[] = {conv(3, 1, 0), conv(3, 1, 0), kPool,
                              conv(3, 1, 0), conv(3, 1, 0), kPool};
  std::vector<std::int64_t> sizes;
  for (const ReceptiveField& field : receptive_fields(layers, {1, 1, 32, 32})) {
    sizes.push_back(field.size.h);
    EXPECT_EQ(field.size.h, field.size.w);
    EXPECT_EQ(field.pads, (Size2{0, 0}));
  }
  EXPECT_EQ(sizes, (std::vector<std::int64_t>{3, 5, 6, 10, 14, 16}));
}

TEST(ReceptiveField, PaddingAndCentres) {
  const LayerSpec layers[] = {conv(3, 2, 1), conv(5, 1, 2)};
  const auto fields = receptive_fields(layers, {1, 1, 20, 20});
  EXPECT_EQ(fields[0].start_y, 0);
  EXPECT_EQ(fields[0].pads, (Size2{1, 1}));
  EXPECT_EQ(fields[1].size, (Size2{11, 11}));
  EXPECT_EQ(fields[1].jump_x, 2);
  EXPECT_EQ(fields[1].start_x, 0);
  EXPECT_EQ(fields[1].pads, (Size2{5, 5}));  // 1 + 2·2
}

// The fields computed cell by cell, from the top of a stack to its input, agree with the numbers.
TEST(ReceptiveField, NumbersAgreeWithRegions) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Dice dice(seed);
    const Shape input = {1, 1, 40, 40};
    std::vector<LayerSpec> layers;
    std::vector<Shape> shapes = {input};
    while (layers.size() < 4) {
      LayerSpec layer = conv(dice.roll(1, 4), dice.roll(1, 2), dice.roll(0, 2));
      layer.dilation = {dice.roll(1, 2), 1};
      if (!problems(layer, shapes.back()).empty()) {
        break;
      }
      layers.push_back(layer);
      shapes.push_back(output_shape(layer, shapes.back()));
    }
    const auto fields = receptive_fields(layers, input);
    for (std::size_t top = 0; top < layers.size(); ++top) {
      const Index cell = {0, 0, dice.roll(0, shapes[top + 1].h - 1),
                          dice.roll(0, shapes[top + 1].w - 1)};
      CellRect seen = {{cell.y, cell.y}, {cell.x, cell.x}};
      for (std::size_t l = top + 1; l-- > 0;) {
        seen = field_below(layers[l], shapes[l], seen);
      }
      const ReceptiveField& field = fields[top];
      EXPECT_EQ(seen.y.size(), field.size.h);
      EXPECT_EQ(seen.x.size(), field.size.w);
      const double centre = static_cast<double>(seen.y.first + seen.y.last) / 2;
      EXPECT_EQ(centre, field.start_y + static_cast<double>(cell.y) * field.jump_y);
    }
  }
}

TEST(ReceptiveField, DeepStacksOfWideStridesStayInRange) {
  const std::int64_t wide = std::int64_t{1} << 31;
  const LayerSpec layer = {.kernel_size = {1, 1}, .stride = {wide, wide}};
  const std::vector<LayerSpec> layers(6, layer);
  const auto fields = receptive_fields(layers, {1, 1, 3, 3});
  EXPECT_EQ(fields.back().size, (Size2{1, 1}));
}

TEST(ReceptiveField, OfTransposedConvolution) {
  // Stride 2, kernel 3: output cells see one or two input cells, half a cell apart.
  const LayerSpec spec{.op = Op::kConvTranspose, .kernel_size = {3, 3}, .stride = {2, 2}};
  const LayerSpec layers[] = {spec};
  const ReceptiveField field = receptive_fields(layers, {1, 1, 4, 4})[0];
  EXPECT_EQ(field.size, (Size2{2, 2}));
  EXPECT_EQ(field.jump_y, 0.5);
  EXPECT_EQ(field.start_y, -0.5);
}

TEST(Fields, EqualWhatStepsRead) {
  for (const Op op : {Op::kConv, Op::kConvTranspose, Op::kMaxPool, Op::kAvgPool, Op::kRelu}) {
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
      const RandomLayer layer = random_layer(op, seed);
      for (const auto& [window, reads] : window_reads(layer)) {
        const CellRect field =
            field_below(layer.spec, layer.input_shape,
                        {{window.first, window.first}, {window.second, window.second}});
        const auto& cells = op == Op::kConvTranspose ? reads.cells : reads.stage;
        // A dilated stamp may skip the cells between its taps.
        const bool gaps = op == Op::kConvTranspose && layer.spec.dilation != Size2{1, 1};
        if (cells.empty() && gaps) {
          continue;
        }
        if (cells.empty()) {
          ASSERT_LE(std::min(field.y.size(), field.x.size()), 0) << layer;
          continue;
        }
        CellRect hull = {{cells.begin()->first, cells.begin()->first},
                         {cells.begin()->second, cells.begin()->second}};
        for (const Cell& cell : cells) {
          hull.y = {std::min(hull.y.first, cell.first), std::max(hull.y.last, cell.first)};
          hull.x = {std::min(hull.x.first, cell.second), std::max(hull.x.last, cell.second)};
        }
        if (gaps) {
          ASSERT_LE(field.y.first, hull.y.first) << layer;
          ASSERT_GE(field.y.last, hull.y.last) << layer;
          continue;
        }
        ASSERT_TRUE(field == hull) << layer;
      }
    }
  }
}

TEST(Fields, AboveAreTheOutputsThatRead) {
  for (const Op op : {Op::kConv, Op::kConvTranspose, Op::kMaxPool}) {
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
      const RandomLayer layer = random_layer(op, seed);
      Dice dice(seed);
      const Shape& input = layer.input_shape;
      const std::int64_t y = dice.roll(0, input.h - 1);
      const std::int64_t x = dice.roll(0, input.w - 1);
      const CellRect cells = {{y, dice.roll(y, input.h - 1)}, {x, dice.roll(x, input.w - 1)}};
      std::set<Cell> expected;
      for (const auto& [window, reads] : window_reads(layer)) {
        if (std::any_of(reads.cells.begin(), reads.cells.end(), [&](const Cell& cell) {
              return cell.first >= cells.y.first && cell.first <= cells.y.last &&
                     cell.second >= cells.x.first && cell.second <= cells.x.last;
            })) {
          expected.insert(window);
        }
      }
      std::set<Cell> got;
      std::size_t area = 0;
      for (const CellRect& field : fields_above(layer.spec, input, cells)) {
        for (std::int64_t row = field.y.first; row <= field.y.last; ++row) {
          for (std::int64_t column = field.x.first; column <= field.x.last; ++column) {
            got.insert({row, column});
            ++area;
          }
        }
      }
      ASSERT_EQ(got, expected) << layer;
      ASSERT_EQ(area, got.size()) << "overlapping\n" << layer;
    }
  }
}

}  // namespace
}  // namespace convscope::conv
