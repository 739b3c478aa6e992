package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlSocketTest {

  @TempDir private Path folder;

  private final BlockingQueue<IOException> broken = new LinkedBlockingQueue<>();

  @Test
  void answersOneOrderAfterAnother() throws IOException {
    var path = folder.resolve("control.sock");
    try (var socket = ControlSocket.listen(path)) {
      socket.serve(order -> "done: " + order, broken::add);

      assertThat(ControlSocket.ask(path, "restart v3")).isEqualTo("done: restart v3");
      assertThat(ControlSocket.ask(path, "restart v4")).isEqualTo("done: restart v4");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void survivesAnOrderThatIsTooLong() throws IOException, InterruptedException {
    var path = folder.resolve("control.sock");
    try (var socket = ControlSocket.listen(path)) {
      socket.serve(order -> "done: " + order, broken::add);
      var tooLong = "x".repeat(ControlSocket.LINE_MAX + 1);

      assertThatThrownBy(
              () -> assertThat(ControlSocket.ask(path, tooLong)).as("no answer").isNotEmpty())
          .isInstanceOfAny(IOException.class, AssertionError.class);
      assertThat(broken.take()).hasMessageContaining("longer than");
      assertThat(ControlSocket.ask(path, "restart v1")).isEqualTo("done: restart v1");
    }
  }

  @Test
  void takesThePlaceOfASocketThatAKilledDemoLeftBehind() throws IOException {
    var path = folder.resolve("control.sock");
    Files.createFile(path);

    try (var socket = ControlSocket.listen(path)) {
      socket.serve(order -> order, broken::add);
      assertThat(ControlSocket.ask(path, "hello")).isEqualTo("hello");
    }
  }
}
