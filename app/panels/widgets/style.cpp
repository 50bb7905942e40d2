#include "app/panels/widgets/style.h"

#include <algorithm>
#include <cmath>

namespace convscope::panels::widgets {
namespace {

// Latin, Greek, Cyrillic, punctuation, super- and subscripts, arrows, mathematics, brackets.
constexpr ImWchar kRanges[] = {0x0020, 0x017F, 0x0391, 0x03C9, 0x0400, 0x045F, 0x0490, 0x0491,
                               0x2009, 0x2044, 0x2070, 0x209C, 0x2116, 0x2116, 0x2190, 0x21B5,
                               0x2200, 0x2265, 0x2308, 0x230B, 0xFFFD, 0xFFFD, 0};

ImFont* add_font(std::span<const std::byte> file, std::span<const std::byte> fallback, float size) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = false;
  const auto add = [&](std::span<const std::byte> bytes) {
    // ImGui takes a mutable pointer, but does not write to it unless it owns the bytes.
    return atlas.AddFontFromMemoryTTF(const_cast<std::byte*>(bytes.data()),
                                      static_cast<int>(bytes.size()), size, &config, kRanges);
  };
  ImFont* font = add(file);
  config.MergeMode = true;
  add(fallback);
  return font;
}

void apply_measures(ImGuiStyle& style, const picture::Palette& palette, float scale) {
  const float unit = scale * palette.text_scale;
  const float radius = 6 * scale;
  style.WindowPadding = {14 * unit, 12 * unit};
  style.FramePadding = {9 * unit, 5 * unit};
  style.ItemSpacing = {8 * unit, 7 * unit};
  style.ItemInnerSpacing = {6 * unit, 5 * unit};
  style.ScrollbarSize = 9 * unit;
  style.GrabMinSize = 10 * unit;
  style.WindowRounding = 0;
  style.ChildRounding = radius;
  style.PopupRounding = radius;
  style.FrameRounding = radius;
  style.GrabRounding = radius;
  style.ScrollbarRounding = radius;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = std::max(1.0f, std::round(scale * palette.line_scale));
  // Fields that are hardly lighter than their panel (as with the projector's white) need a border.
  const bool faint = picture::contrast(palette.raised, palette.surface) < 1.05;
  // So do all fields where borders are meant to be seen.
  const bool outlined = picture::contrast(palette.border, palette.surface) > 4.5;
  style.FrameBorderSize = faint || outlined ? style.PopupBorderSize : 0.0f;
  style.WindowMinSize = {1, 1};
  style.DisabledAlpha = 0.4f;
}

void apply_colors(ImGuiStyle& style, const picture::Palette& p) {
  const auto set = [&style](ImGuiCol item, picture::Rgba rgba) {
    style.Colors[item] = color_vec(rgba);
  };
  set(ImGuiCol_Text, p.text);
  set(ImGuiCol_TextDisabled, p.text_dim);
  set(ImGuiCol_WindowBg, p.surface);
  set(ImGuiCol_ChildBg, picture::kTransparent);
  set(ImGuiCol_PopupBg, p.surface);
  set(ImGuiCol_Border, p.border);
  set(ImGuiCol_FrameBg, p.raised);
  set(ImGuiCol_FrameBgHovered, picture::mixed(p.raised, p.accent, 0.15f));
  set(ImGuiCol_FrameBgActive, picture::mixed(p.raised, p.accent, 0.25f));
  set(ImGuiCol_Button, p.raised);
  set(ImGuiCol_ButtonHovered, picture::mixed(p.raised, p.accent, 0.25f));
  set(ImGuiCol_ButtonActive, picture::mixed(p.raised, p.accent, 0.45f));
  set(ImGuiCol_Header, picture::faded(p.accent, 0.22f));
  set(ImGuiCol_HeaderHovered, picture::faded(p.accent, 0.14f));
  set(ImGuiCol_HeaderActive, picture::faded(p.accent, 0.30f));
  set(ImGuiCol_Separator, p.border);
  set(ImGuiCol_CheckMark, p.accent);
  set(ImGuiCol_SliderGrab, p.accent);
  set(ImGuiCol_SliderGrabActive, p.accent);
  set(ImGuiCol_ScrollbarBg, picture::kTransparent);
  set(ImGuiCol_ScrollbarGrab, picture::faded(p.text_dim, 0.35f));
  set(ImGuiCol_ScrollbarGrabHovered, picture::faded(p.text_dim, 0.55f));
  set(ImGuiCol_ScrollbarGrabActive, picture::faded(p.text_dim, 0.75f));
  set(ImGuiCol_TextSelectedBg, picture::faded(p.accent, 0.35f));
  set(ImGuiCol_ModalWindowDimBg, picture::faded(p.background, 0.6f));
}

}  // namespace

FontSet build_fonts(const FontFiles& files, float unit, float wall) {
  ImGui::GetIO().Fonts->Clear();
  const auto pixels = [unit](float size) { return std::round(size * unit); };
  FontSet set;
  set.body = add_font(files.sans, files.fallback, pixels(kTextSizes.body));
  set.small = add_font(files.sans, files.fallback, std::ceil(kTextSizes.small * unit));
  set.title = add_font(files.bold, files.fallback, pixels(kTextSizes.title));
  set.mono = add_font(files.mono, files.fallback, pixels(kTextSizes.mono));
  const float title = pixels(kTextSizes.title);
  set.wall = wall > title ? add_font(files.bold, files.fallback, std::round(wall)) : set.title;
  return set;
}

void apply_style(const picture::Palette& palette, float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  apply_measures(style, palette, scale);
  apply_colors(style, palette);
}

ImU32 color(picture::Rgba rgba) { return IM_COL32(rgba.r, rgba.g, rgba.b, rgba.a); }

ImVec4 color_vec(picture::Rgba rgba) { return ImGui::ColorConvertU32ToFloat4(color(rgba)); }

}  // namespace convscope::panels::widgets
