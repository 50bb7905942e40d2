// Everything that differs between Dear ImGui 1.86 and 1.92. No other file asks for the version.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include <imgui.h>

#include "app/panels/commands/input.h"

namespace convscope::panels::widgets {

// Settings that every context of ours shares; call once after ImGui::CreateContext().
void configure_imgui();

// The clipboard of the front, for text fields of the current context; must outlive it.
struct Clipboard {
  std::function<std::string()> read;
  std::function<void(const std::string&)> write;
  std::string last_read = {};  // ImGui keeps no copy
};
void connect_clipboard(Clipboard& clipboard);

// Hands one event to ImGui.
void feed_imgui(const InputEvent& event);

// Whether a field has the keyboard. ImGui's own WantTextInput is a frame late.
bool is_typing();
// Takes the keyboard from the field that has it.
void stop_typing();
// While this lives, Tab goes to none of the items drawn; only if `wanted`.
class NoTabStops {
 public:
  explicit NoTabStops(bool wanted);
  ~NoTabStops();
  NoTabStops(const NoTabStops&) = delete;
  NoTabStops& operator=(const NoTabStops&) = delete;

 private:
  bool wanted_;
};
// Whether a dropdown or a dialog is open.
bool is_popup_open();
// What ImGui calls the last item.
unsigned last_item_id();
// Lets a dropdown that is about to be drawn fall open.
void open_dropdown(const char* id);
// Within a frame. `repeats`: again and again while the key is held.
bool is_pressed(Key key, bool repeats = true);

// Events on their way to ImGui. A press and its release must not fall into one frame, or a quick
// click is lost, so a frame takes at most one change of a button or key. While text is typed, keys
// that only write pass freely: fast typing must not wait for slow frames.
class InputQueue {
 public:
  void push(const InputEvent& event) { events_.push_back(event); }
  bool empty() const { return events_.empty(); }
  // The events of the next frame, in order.
  std::deque<InputEvent> take(bool typing = false);

 private:
  std::deque<InputEvent> events_;
};

// A GL texture name as ImGui wants it.
ImTextureID texture_id(std::uint64_t name);

// Call after the atlas was rebuilt, with the OpenGL backend running: uploads it.
void refresh_font_texture();

class FontScope {
 public:
  explicit FontScope(ImFont* font);
  ~FontScope() { ImGui::PopFont(); }
  FontScope(const FontScope&) = delete;
  FontScope& operator=(const FontScope&) = delete;
};

}  // namespace convscope::panels::widgets
