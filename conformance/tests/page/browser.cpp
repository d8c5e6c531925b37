// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "browser.hpp"

#include <poll.h>

#include <map>

namespace lockstep::testing {

using nlohmann::json;

std::string Browser::program() {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
      const std::string file = folder + "/" + name;
      if (access(file.c_str(), X_OK) == 0) return file;
    }
  }
  return "";
}

Browser::Browser(const std::string& program) {
  int in[2], out[2];
  if (pipe(in) != 0 || pipe(out) != 0) throw std::runtime_error("no pipe");
  std::vector<std::string> words{program,
                                 "--headless",
                                 "--disable-gpu",
                                 "--disable-quic",
                                 "--no-first-run",
                                 "--disable-background-networking",
                                 "--disable-component-update",
                                 "--disable-sync",
                                 "--disable-dev-shm-usage",
                                 "--hide-scrollbars",
                                 "--remote-debugging-pipe",
                                 "--user-data-dir=" + scratch_ / "profile",
                                 "about:blank"};
  if (geteuid() == 0) words.push_back("--no-sandbox");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  child_ = fork();
  if (child_ == 0) {
    // It reads from 3 and writes to 4; first out of the way, where a pipe has these numbers.
    const int read_end = fcntl(in[0], F_DUPFD, 20), write_end = fcntl(out[1], F_DUPFD, 20);
    dup2(read_end, 3);
    dup2(write_end, 4);
    for (const int fd : {in[0], in[1], out[0], out[1]}) {
      if (fd > 4) close(fd);
    }
    close(read_end);
    close(write_end);
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) dup2(nothing, fd);
    setpgid(0, 0);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_ = in[1];
  from_ = out[0];
  const json made = call("Target.createTarget", {{"url", "about:blank"}}, false);
  session_ = call("Target.attachToTarget", {{"targetId", made["targetId"]}, {"flatten", true}},
                  false)["sessionId"];
  for (const char* domain : {"Page.enable", "Network.enable", "Runtime.enable"}) {
    call(domain, json::object());
  }
}

Browser::~Browser() {
  close(to_);
  close(from_);
  kill(-child_, SIGKILL);
  waitpid(child_, nullptr, 0);
}

json Browser::read() {
  for (;;) {
    const std::size_t end = unread_.find('\0');
    if (end != std::string::npos) {
      json message = json::parse(unread_.substr(0, end));
      unread_.erase(0, end + 1);
      return message;
    }
    pollfd wait{from_, POLLIN, 0};
    char bytes[65536];
    if (poll(&wait, 1, 60'000) != 1) throw std::runtime_error("the browser does not answer");
    const ssize_t count = ::read(from_, bytes, sizeof bytes);
    if (count <= 0) throw std::runtime_error("the browser has ended");
    unread_.append(bytes, static_cast<std::size_t>(count));
  }
}

void Browser::take(const json& event) {
  const std::string method = event.value("method", "");
  if (method == "Page.loadEventFired") loaded_ = true;
  if (method == "Network.requestWillBeSent") {
    requests_.push_back(event["params"]["request"]["url"]);
  }
  if (method == "Runtime.exceptionThrown") errors_.push_back(event["params"].dump());
}

json Browser::call(const std::string& method, json parameters, bool of_page) {
  const int id = ++number_;
  json message{{"id", id}, {"method", method}, {"params", std::move(parameters)}};
  if (of_page) message["sessionId"] = session_;
  const std::string text = message.dump() + '\0';
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = write(to_, text.data() + at, text.size() - at);
    if (written <= 0) throw std::runtime_error("the browser does not listen");
    at += static_cast<std::size_t>(written);
  }
  for (;;) {
    const json answer = read();
    if (!answer.contains("id")) {
      take(answer);
    } else if (answer["id"] == id) {
      if (answer.contains("error")) throw std::runtime_error(method + ": " + answer.dump());
      return answer["result"];
    }
  }
}

void Browser::size(int width, int height) {
  call("Emulation.setDeviceMetricsOverride",
       {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", false}});
}

void Browser::colours(const std::string& scheme) {
  call("Emulation.setEmulatedMedia",
       {{"features", {{{"name", "prefers-color-scheme"}, {"value", scheme}}}}});
}

void Browser::open(const std::string& url) {
  loaded_ = false;
  call("Page.navigate", {{"url", url}});
  while (!loaded_) take(read());
}

void Browser::key(const std::string& name) {
  static const std::map<std::string, int> codes{{"ArrowLeft", 37}, {"ArrowRight", 39},
                                                {"Home", 36},      {"End", 35},
                                                {"Escape", 27},    {"Enter", 13}};
  json down{{"type", "keyDown"}, {"key", name}};
  if (const auto code = codes.find(name); code != codes.end()) {
    down["windowsVirtualKeyCode"] = code->second;
    down["code"] = name;
  } else {
    down["text"] = name;
  }
  call("Input.dispatchKeyEvent", down);
  call("Input.dispatchKeyEvent", {{"type", "keyUp"}, {"key", name}});
}

void Browser::type(const std::string& text) {
  call("Input.insertText", {{"text", text}});
}

json Browser::value(const std::string& expression) {
  const json answer =
      call("Runtime.evaluate",
           {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}});
  if (answer.contains("exceptionDetails")) throw std::runtime_error(answer.dump());
  return answer["result"].value("value", json());
}

std::string Browser::text(const std::string& selector) {
  return value("document.querySelector(" + json(selector).dump() + ").innerText");
}

}  // namespace lockstep::testing
