// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/sockets.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "model/verdict.hpp"

namespace lockstep::tlc {

unsigned free_port(unsigned port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  const bool free = bind(socket, any, size) == 0 && listen(socket, 1) == 0 &&
                    getsockname(socket, any, &size) == 0;
  const std::string why = std::strerror(errno);
  close(socket);
  if (free) return ntohs(address.sin_port);
  throw InputError("port " + std::to_string(port), 0, 0,
                   "cannot be listened at: " + why + "; expected a free one, or 0 for any");
}

unsigned connections_at(unsigned port) {
  unsigned count = 0;
  for (const char* const table : {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
    std::ifstream file(table);
    std::string line;
    std::getline(file, line);  // the heading
    // "0: 0100007F:2AF5 0100007F:C350 01 ...": number, here, there, state; in hexadecimal.
    for (std::string number, here, there, state;
         file >> number >> here >> there >> state && std::getline(file, line);) {
      const std::size_t colon = here.rfind(':');
      const bool established = state == "01";
      if (established && std::stoul(here.substr(colon + 1), nullptr, 16) == port) ++count;
    }
  }
  return count;
}

}  // namespace lockstep::tlc
