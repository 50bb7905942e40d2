#include "app/panels/widgets/imgui_shim.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace convscope::panels {
namespace {

// Key down, its letter, key up.
void type_letter(widgets::InputQueue& queue, char letter) {
  InputEvent event;
  event.kind = InputEvent::Kind::kKey;
  event.key = static_cast<Key>(static_cast<int>(Key::kA) + letter - 'a');
  event.down = true;
  queue.push(event);
  InputEvent text;
  text.kind = InputEvent::Kind::kText;
  text.character = static_cast<char32_t>(letter);
  queue.push(text);
  event.down = false;
  queue.push(event);
}

// The window draws three frames after an event and then sleeps, so ImGui must not hold anything
// back.
TEST(ImGuiShim, TextTypedInOneFrameArrivesWithinThreeFrames) {
  ImGuiContext* context = ImGui::CreateContext();
  widgets::configure_imgui();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {300, 200};
  io.Fonts->Build();
  widgets::InputQueue queue;
  std::array<char, 64> text{};
  const auto frame = [&] {
    for (const InputEvent& event : queue.take(io.WantTextInput)) {
      widgets::feed_imgui(event);
    }
    ImGui::NewFrame();
    ImGui::Begin("window");
    ImGui::SetKeyboardFocusHere();
    ImGui::InputText("field", text.data(), text.size());
    ImGui::End();
    ImGui::Render();
  };
  for (int i = 0; i < 3; ++i) {
    frame();
  }
  ASSERT_TRUE(io.WantTextInput);
  for (const char letter : std::string_view("cavyzxcavyzxcavyzxcavyzx")) {
    type_letter(queue, letter);
  }
  for (int i = 0; i < 3; ++i) {
    frame();
  }
  EXPECT_STREQ(text.data(), "cavyzxcavyzxcavyzxcavyzx");
  ImGui::DestroyContext(context);
}

}  // namespace
}  // namespace convscope::panels
