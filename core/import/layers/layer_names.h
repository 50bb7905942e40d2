// The names of layers that are not computed by windows, and of what stands around layers. Internal
// to layer_text.
#pragma once

#include <string_view>

namespace convscope::imports {

// Layers that don't change the maps of an untrained network in evaluation mode.
bool is_harmless(std::string_view name);
// Layers that change every value, but no shape.
bool is_activation(std::string_view name);
// Layers that are not computed by windows, or change shapes in ways that we don't show.
bool is_foreign(std::string_view name);
bool is_container(std::string_view name);
// "layers.append(nn.ReLU())", "net.add_module('relu', nn.ReLU())".
bool is_growth(std::string_view name);
// Calls around a network that don't create layers.
bool is_aside(std::string_view name);
// What trains a network or feeds it, by its whole name: "torch.optim.SGD", "loss.backward".
bool is_beside(std::string_view name);

}  // namespace convscope::imports
