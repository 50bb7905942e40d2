// A scene with more than one layer: each reads the output of the one before.
#include <gtest/gtest.h>

#include "bundled.h"
#include "core/derive/derived.h"
#include "core/session/update.h"

namespace convscope::lesson {
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

session::Session two_layers() {
  const LoadTensor none = [](const FileSource&) { return Tensor(); };
  return session::open_session(parse_lesson(kTwoLayers, "two.json", none), session::Theme::kDark,
                               Language::kEnglish);
}

TEST(Layers, TheSecondReadsTheFirstsOutput) {
  const session::Session session = two_layers();
  const derive::Derived derived = derive::derive(session::scene_of(session));
  ASSERT_EQ(derived.layers.size(), 2U);
  EXPECT_TRUE(derived.layers[1].input.shares_storage_with(derived.layers[0].output));
  // [[4,3,4],[2,4,3],[2,3,4]] (the lecture's map), each cell plus its neighbour right below.
  EXPECT_TRUE(identical(derived.layers[1].output, Tensor({1, 1, 2, 2}, {8, 6, 5, 8})));
}

TEST(Layers, AnotherLayerOnStageStartsTheClock) {
  session::Session session = session::update(two_layers(), session::action::GoTo{4});
  session = session::update(session, session::action::SetLayer{1});
  EXPECT_EQ(session.look.layer, 1);
  EXPECT_EQ(session.clock.frame, 0);
  EXPECT_EQ(session::timeline_of(session).positions, 4);
  EXPECT_EQ(session::update(session, session::action::SetLayer{99}).look.layer, 1);
  EXPECT_EQ(session::update(session, session::action::SetLayer{-5}).look.layer, 0);
}

TEST(Layers, ALaterLayersInputIsNotTyped) {
  const session::Session before = session::update(two_layers(), session::action::SetLayer{1});
  const session::Session after = session::update(
      before, session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 9});
  EXPECT_TRUE(before.document.lesson == after.document.lesson);
  ASSERT_TRUE(after.transient.notice.has_value());
  EXPECT_EQ(after.transient.notice->code, "value_not_editable");
}

TEST(Layers, AChangeThatWouldStopTheNextLayerIsADraft) {
  session::Session session = two_layers();
  conv::LayerSpec spec = session::layer_of(session).spec;
  spec.out_channels = 2;
  session = session::update(session, session::action::SetSpec{spec});
  ASSERT_TRUE(session.transient.draft.has_value());
  EXPECT_EQ(session.transient.draft->problems.front().code, "next_layer_breaks");
  EXPECT_EQ(session::layer_of(session).spec.out_channels, 1);
}

}  // namespace
}  // namespace convscope::lesson
