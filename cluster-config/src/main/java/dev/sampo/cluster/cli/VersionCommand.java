package dev.sampo.cluster.cli;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Shows the versions of Sampo and Java.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    var json = new LinkedHashMap<String, Object>();
    json.put("sampo", sampo());
    json.put("java", java());
    output.console().answer(text(), json);
    return 0;
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  private static String text() {
    return "sampo " + sampo() + ", Java " + java();
  }

  /** As the jar states it; classes outside of a jar have no version. */
  private static String sampo() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  private static String java() {
    return Runtime.version().toString();
  }
}
