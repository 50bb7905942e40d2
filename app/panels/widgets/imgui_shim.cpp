#include "app/panels/widgets/imgui_shim.h"

#include <algorithm>
#include <array>
#include <utility>

#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

namespace convscope::panels::widgets {
namespace {

constexpr std::array kNamedKeys = {
    std::pair{Key::kSpace, ImGuiKey_Space},
    std::pair{Key::kLeft, ImGuiKey_LeftArrow},
    std::pair{Key::kRight, ImGuiKey_RightArrow},
    std::pair{Key::kUp, ImGuiKey_UpArrow},
    std::pair{Key::kDown, ImGuiKey_DownArrow},
    std::pair{Key::kPageUp, ImGuiKey_PageUp},
    std::pair{Key::kPageDown, ImGuiKey_PageDown},
    std::pair{Key::kHome, ImGuiKey_Home},
    std::pair{Key::kEnd, ImGuiKey_End},
    std::pair{Key::kEnter, ImGuiKey_Enter},
    std::pair{Key::kEscape, ImGuiKey_Escape},
    std::pair{Key::kTab, ImGuiKey_Tab},
    std::pair{Key::kBackspace, ImGuiKey_Backspace},
    std::pair{Key::kDelete, ImGuiKey_Delete},
    std::pair{Key::kA, ImGuiKey_A},
    std::pair{Key::kC, ImGuiKey_C},
    std::pair{Key::kV, ImGuiKey_V},
    std::pair{Key::kX, ImGuiKey_X},
    std::pair{Key::kY, ImGuiKey_Y},
    std::pair{Key::kZ, ImGuiKey_Z},
};

#if IMGUI_VERSION_NUM >= 18700

void feed_key(ImGuiIO& io, const InputEvent& event) {
  io.AddKeyEvent(ImGuiMod_Ctrl, event.modifiers.ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, event.modifiers.shift);
  io.AddKeyEvent(ImGuiMod_Alt, event.modifiers.alt);
  for (const auto& [ours, theirs] : kNamedKeys) {
    if (ours == event.key) {
      io.AddKeyEvent(theirs, event.down);
    }
  }
}

void feed_mouse(ImGuiIO& io, const InputEvent& event) {
  switch (event.kind) {
    case InputEvent::Kind::kMove:
      io.AddMousePosEvent(event.x, event.y);
      break;
    case InputEvent::Kind::kLeave:
      io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
      break;
    case InputEvent::Kind::kButton:
      io.AddMouseButtonEvent(event.button, event.down);
      break;
    case InputEvent::Kind::kWheel:
      io.AddKeyEvent(ImGuiMod_Ctrl, event.modifiers.ctrl);
      io.AddMouseWheelEvent(event.x, event.y);
      break;
    default:
      break;
  }
}

#else

void feed_modifiers(ImGuiIO& io, const Modifiers& modifiers) {
  io.KeyCtrl = modifiers.ctrl;
  io.KeyShift = modifiers.shift;
  io.KeyAlt = modifiers.alt;
}

// Before 1.87 a key is an index into an array that we define.
void feed_key(ImGuiIO& io, const InputEvent& event) {
  feed_modifiers(io, event.modifiers);
  io.KeysDown[static_cast<int>(event.key)] = event.down;
}

void feed_mouse(ImGuiIO& io, const InputEvent& event) {
  switch (event.kind) {
    case InputEvent::Kind::kMove:
      io.MousePos = {event.x, event.y};
      break;
    case InputEvent::Kind::kLeave:
      io.MousePos = {-FLT_MAX, -FLT_MAX};
      break;
    case InputEvent::Kind::kButton:
      feed_modifiers(io, event.modifiers);
      io.MouseDown[event.button] = event.down;
      break;
    case InputEvent::Kind::kWheel:
      feed_modifiers(io, event.modifiers);
      io.MouseWheelH += event.x;
      io.MouseWheel += event.y;
      break;
    default:
      break;
  }
}

#endif

bool only_writes(const InputEvent& event) {
  const bool printable =
      event.key == Key::kNone || event.key == Key::kSpace || event.key >= Key::k0;
  return printable && !event.modifiers.ctrl;
}

bool is_change(const InputEvent& event, bool typing) {
  const bool key = event.kind == InputEvent::Kind::kKey && !(typing && only_writes(event));
  return key || event.kind == InputEvent::Kind::kButton;
}

const char* read_clipboard(void* user) {
  auto& clipboard = *static_cast<Clipboard*>(user);
  clipboard.last_read = clipboard.read();
  return clipboard.last_read.c_str();
}

void write_clipboard(void* user, const char* text) { static_cast<Clipboard*>(user)->write(text); }

}  // namespace

void configure_imgui() {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;  // a blinking cursor would wake up an idle window
  io.ConfigDragClickToInputText = true;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
#if IMGUI_VERSION_NUM < 18700
  for (const auto& [ours, theirs] : kNamedKeys) {
    io.KeyMap[theirs] = static_cast<int>(ours);
  }
#endif
#if IMGUI_VERSION_NUM >= 18800
  // InputQueue does this for all versions; and nothing would wake the window for events that ImGui
  // held back.
  io.ConfigInputTrickleEventQueue = false;
#endif
}

void connect_clipboard(Clipboard& clipboard) {
#if IMGUI_VERSION_NUM >= 19110
  ImGuiPlatformIO& io = ImGui::GetPlatformIO();
  io.Platform_ClipboardUserData = &clipboard;
  io.Platform_GetClipboardTextFn = [](ImGuiContext*) {
    return read_clipboard(ImGui::GetPlatformIO().Platform_ClipboardUserData);
  };
  io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
    write_clipboard(ImGui::GetPlatformIO().Platform_ClipboardUserData, text);
  };
#else
  ImGuiIO& io = ImGui::GetIO();
  io.ClipboardUserData = &clipboard;
  io.GetClipboardTextFn = read_clipboard;
  io.SetClipboardTextFn = write_clipboard;
#endif
}

void feed_imgui(const InputEvent& event) {
  ImGuiIO& io = ImGui::GetIO();
  switch (event.kind) {
    case InputEvent::Kind::kKey:
      feed_key(io, event);
      break;
    case InputEvent::Kind::kText:
      io.AddInputCharacter(event.character);
      break;
    default:
      feed_mouse(io, event);
      break;
  }
}

void focus_next_item() {
  ImGui::SetKeyboardFocusHere();
#if IMGUI_VERSION_NUM >= 19010 && IMGUI_VERSION_NUM < 19020
  // 1.90.1 ignores the request where the focus is in another scope (ImGui's issue 7226).
  ImGuiContext& imgui = *ImGui::GetCurrentContext();
  imgui.NavFocusScopeId = imgui.CurrentFocusScopeId;
#endif
}

void stop_typing() { ImGui::ClearActiveID(); }

NoTabStops::NoTabStops(bool wanted) : wanted_(wanted) {
  if (wanted_) {
    ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
  }
}
NoTabStops::~NoTabStops() {
  if (wanted_) {
    ImGui::PopItemFlag();
  }
}

bool is_typing() {
  return ImGui::GetCurrentContext()->WantTextInputNextFrame > 0 && ImGui::IsAnyItemActive();
}

bool is_popup_open() { return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup); }

unsigned last_item_id() { return ImGui::GetCurrentContext()->LastItemData.ID; }

// Does what BeginCombo() does on a click.
void open_dropdown(const char* id) {
  ImGui::OpenPopupEx(ImHashStr("##ComboPopup", 0, ImGui::GetID(id)), ImGuiPopupFlags_None);
}

bool is_pressed(Key key, bool repeats) {
  const auto* const named =
      std::ranges::find(kNamedKeys, key, [](const auto& pair) { return pair.first; });
  if (named == kNamedKeys.end()) {
    return false;
  }
#if IMGUI_VERSION_NUM >= 18700
  return ImGui::IsKeyPressed(named->second, repeats);
#else
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(named->second), repeats);
#endif
}

std::deque<InputEvent> InputQueue::take(bool typing) {
  std::deque<InputEvent> taken;
  bool changed = false;
  while (!events_.empty()) {
    const InputEvent& next = events_.front();
    // Typed text belongs to the key before it; any other event after a change waits for the next
    // frame.
    if (changed && next.kind != InputEvent::Kind::kText) {
      break;
    }
    changed = changed || is_change(next, typing);
    taken.push_back(next);
    events_.pop_front();
  }
  return taken;
}

// ImTextureID is a pointer in old versions and an integer in new ones; only this cast does both.
ImTextureID texture_id(std::uint64_t name) { return (ImTextureID)(std::uintptr_t)name; }

void refresh_font_texture() {
#if IMGUI_VERSION_NUM < 19200
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
}

float built_size(const ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  return font->LegacySize;
#else
  return font->FontSize;
#endif
}

FontScope::FontScope(ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, font->LegacySize);
#else
  ImGui::PushFont(font);
#endif
}

}  // namespace convscope::panels::widgets
