package dev.sampo.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user does: the example's folder, copied to somewhere else, is built by {@code mvn test}
 * against Sampo's artifacts, which lie in a repository as {@code mvn install} would leave them.
 */
final class ExampleProjectIT {

  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TESTS =
      Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: 0");

  private static final List<String> BOTH = List.of("pom", "jar");

  @TempDir private Path folder;

  @Test
  void passesOutsideOfTheRepository() throws IOException, InterruptedException {
    copy(ROOT.resolve("docs/example"), folder.resolve("escrow"));
    var repository = Files.createDirectory(folder.resolve("repository"));
    lendWhatOthersMade(repository);
    installSampo(repository);

    var log = folder.resolve("build.log");
    var maven = Path.of(System.getProperty("sampo.maven.home"), "bin", "mvn");
    var build =
        new ProcessBuilder(
                maven.toString(), "-o", "-B", "-ntp", "-Dmaven.repo.local=" + repository, "test")
            .directory(folder.resolve("escrow").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!build.waitFor(3, TimeUnit.MINUTES)) {
      build.destroyForcibly().waitFor();
    }

    assertThat(build.exitValue()).as(Files.readString(log)).isZero();
    // The application alone, and a deal under a partition: simulated, and with real validators.
    assertThat(TESTS.matcher(Files.readString(log)).results().map(found -> found.group(1)))
        .contains("7");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(each -> !each.startsWith(from.resolve("target"))).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** What was downloaded for this build serves the example's too; Sampo itself is not there. */
  private static void lendWhatOthersMade(Path repository) throws IOException {
    var own = Path.of(System.getProperty("sampo.maven.repository"));
    link(own, repository, "dev");
    link(own.resolve("dev"), Files.createDirectory(repository.resolve("dev")), "sampo");
  }

  private static void link(Path from, Path to, String except) throws IOException {
    if (Files.isDirectory(from)) {
      try (var entries = Files.list(from)) {
        for (var entry : entries.toList()) {
          if (!entry.endsWith(except)) {
            Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
          }
        }
      }
    }
  }

  /** Or JUnit would warn of each: what they point to is not ours to delete. */
  @AfterEach
  void giveBack() throws IOException {
    try (var entries = Files.walk(folder.resolve("repository"), 2)) {
      for (var link : entries.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void installSampo(Path repository) throws IOException {
    var sampo = Files.createDirectories(repository.resolve("dev/sampo"));
    install(sampo, "sampo", ROOT, List.of("pom"));
    var modules =
        List.of(
            "actors/core", "actors/client", "persistence", "actors/node", "simulation", "testkit");
    for (var module : modules) {
      install(sampo, "sampo-" + Path.of(module).getFileName(), ROOT.resolve(module), BOTH);
    }
  }

  private static void install(Path sampo, String artifact, Path module, List<String> kinds)
      throws IOException {
    var place = Files.createDirectories(sampo.resolve(artifact).resolve(VERSION));
    for (var kind : kinds) {
      var name = artifact + "-" + VERSION + "." + kind;
      var made = kind.equals("pom") ? module.resolve("pom.xml") : module.resolve("target/" + name);
      Files.copy(made, place.resolve(name));
    }
  }
}
