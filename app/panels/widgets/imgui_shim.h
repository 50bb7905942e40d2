// Everything that differs between Dear ImGui 1.86 and 1.92. No other file asks for the version.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include <imgui.h>

#include "app/panels/commands/input.h"

namespace convscope::panels::widgets {

// Settings that all our contexts share; call once after ImGui::CreateContext().
void configure_imgui();

// The platform's clipboard, for text fields of the current context; must outlive the context.
struct Clipboard {
  std::function<std::string()> read;
  std::function<void(const std::string&)> write;
  std::string last_read = {};  // kept here, as ImGui doesn't copy it
};
void connect_clipboard(Clipboard& clipboard);

// Hands one event to ImGui.
void feed_imgui(const InputEvent& event);

// Whether a text field has the focus. ImGui's own WantTextInput is a frame late.
bool is_typing();
// Gives the keyboard to the item that is drawn next.
void focus_next_item();
// Removes the focus from a text field.
void stop_typing();
// While this object lives, Tab skips all items drawn, if `wanted`.
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
// ImGui's id of the last item.
unsigned last_item_id();
// Opens a dropdown that is about to be drawn.
void open_dropdown(const char* id);
// Within a frame. `repeats`: also while the key is held down.
bool is_pressed(Key key, bool repeats = true);

// Queues events for ImGui. A press and its release must not fall into one frame, or a quick click
// would be lost, so a frame takes at most one change of a button or key. While text is being typed,
// keys that only write characters are not limited: fast typing must not wait for slow frames.
class InputQueue {
 public:
  void push(const InputEvent& event) { events_.push_back(event); }
  bool empty() const { return events_.empty(); }
  // The events of the next frame, in order.
  std::deque<InputEvent> take(bool typing = false);

 private:
  std::deque<InputEvent> events_;
};

// A GL texture name in the form that ImGui expects.
ImTextureID texture_id(std::uint64_t name);

// Uploads the atlas. Call it after the atlas was rebuilt, with the OpenGL backend running.
void refresh_font_texture();

class FontScope {
 public:
  explicit FontScope(ImFont* font);
  ~FontScope() { ImGui::PopFont(); }
  FontScope(const FontScope&) = delete;
  FontScope& operator=(const FontScope&) = delete;
};

// The size in pixels at which a font was built.
float built_size(const ImFont* font);

}  // namespace convscope::panels::widgets
