#include "app/window/pasting.h"

#include <cstdint>
#include <optional>
#include <span>

#include "app/files/image/image_file.h"
#include "app/files/image/shrink.h"
#include "app/panels/commands/pasted.h"

namespace convscope::window {
namespace {

// A pasted picture lies in no file, so its numbers go into the lesson: it has to stay small.
constexpr std::int64_t kMostPixels = 2'000'000;

}  // namespace

session::Actions Pasting::paste(const std::string& text, const session::Session& session,
                                std::optional<std::int64_t> filter) {
  session::Actions asked = panels::pasted_actions(text, session, filter);
  if (!asked.empty()) {
    return asked;
  }
  if (!files::SystemClipboard::is_available()) {
    return {session::action::Notify{{"clipboard_no_tool", "", {}}}};
  }
  clipboard_.ask();
  return {};
}

session::Actions Pasting::take(const Store& store) {
  const std::optional<std::string> bytes = clipboard_.take();
  if (!bytes) {
    return {};
  }
  if (bytes->empty()) {
    throw Failure({"clipboard_empty", "", {}});
  }
  const std::string name = store.locale().text("panel.clipboard");
  const Tensor picture = files::decode_image(std::as_bytes(std::span(*bytes)), name, true);
  const Tensor small = files::shrunk(picture, kMostPixels);
  session::Actions actions;
  if (small.shape() != picture.shape()) {
    actions.emplace_back(session::action::Notify{
        {"picture_scaled", "", {{"width", small.shape().w}, {"height", small.shape().h}}}});
  }
  // May say why it doesn't fit.
  actions.push_back(panels::pasted_picture(small, store.session()));
  return actions;
}

}  // namespace convscope::window
