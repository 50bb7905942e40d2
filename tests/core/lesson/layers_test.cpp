// A scene with more than one layer: each reads the output of the one before.
#include <gtest/gtest.h>

#include "bundled.h"
#include "core/lesson/derived.h"
#include "core/lesson/update.h"

namespace convscope {
namespace {

constexpr const char* kTwoLayers = R"({
  "format": 1, "id": "two", "title": "Two layers",
  "scenes": [{
    "input": {"values": [[1,1,1,0,0],[0,1,1,1,0],[0,0,1,1,1],[0,0,1,1,0],[0,1,1,0,0]]},
    "layers": [
      {"op": "conv2d", "weight": {"values": [[1,0,1],[0,1,0],[1,0,1]]}},
      {"op": "conv2d", "weight": {"values": [[1,0],[0,1]]}}
    ],
    "view": "flat"
  }]
})";

Session two_layers() {
  const LoadTensor none = [](const FileSource&) { return Tensor(); };
  return open_session(parse_lesson(kTwoLayers, "two.json", none), Theme::kDark, Language::kEnglish);
}

TEST(Layers, TheSecondReadsTheFirstsOutput) {
  const Session session = two_layers();
  const Derived derived = derive(scene_of(session));
  ASSERT_EQ(derived.layers.size(), 2U);
  EXPECT_TRUE(derived.layers[1].input.shares_storage_with(derived.layers[0].output));
  // [[4,3,4],[2,4,3],[2,3,4]] (the lecture's map), each cell plus its neighbour right below.
  EXPECT_TRUE(identical(derived.layers[1].output, Tensor({1, 1, 2, 2}, {8, 6, 5, 8})));
}

TEST(Layers, AnotherLayerOnStageStartsTheClock) {
  Session session = update(two_layers(), action::GoTo{4});
  session = update(session, action::SetLayer{1});
  EXPECT_EQ(session.layer, 1);
  EXPECT_EQ(session.frame, 0);
  EXPECT_EQ(timeline_of(session).positions, 4);
  EXPECT_EQ(update(session, action::SetLayer{99}).layer, 1);
  EXPECT_EQ(update(session, action::SetLayer{-5}).layer, 0);
}

TEST(Layers, ALaterLayersInputIsNotTyped) {
  const Session before = update(two_layers(), action::SetLayer{1});
  const Session after = update(before, action::SetValue{{TensorRole::kInput, {0, 0, 0, 0}}, 9});
  EXPECT_TRUE(same_document(before.lesson, after.lesson));
  ASSERT_TRUE(after.notice.has_value());
  EXPECT_EQ(after.notice->code, "value_not_editable");
}

TEST(Layers, AChangeThatWouldStopTheNextLayerIsADraft) {
  Session session = two_layers();
  LayerSpec spec = layer_of(session).spec;
  spec.out_channels = 2;
  session = update(session, action::SetSpec{spec});
  ASSERT_TRUE(session.draft.has_value());
  EXPECT_EQ(session.draft->problems.front().code, "next_layer_breaks");
  EXPECT_EQ(layer_of(session).spec.out_channels, 1);
}

}  // namespace
}  // namespace convscope
