package dev.sampo.core.vectors;

import dev.sampo.core.testing.FlatJson;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the published vectors anew, into the directory given; only for a deliberate change. */
final class WriteVectors {

  private WriteVectors() {}

  public static void main(String[] arguments) throws IOException, Malformed {
    for (var file : texts().entrySet()) {
      Files.writeString(Path.of(arguments[0], file.getKey()), file.getValue());
    }
  }

  /** The text of each file by its name. */
  static Map<String, String> texts() throws Malformed {
    var objects = new LinkedHashMap<String, List<Map<String, String>>>();
    for (var vector : FixedValues.all()) {
      objects
          .computeIfAbsent(vector.encoding().file(), file -> new ArrayList<>())
          .add(vector.fields());
    }
    var texts = new LinkedHashMap<String, String>();
    objects.forEach((file, rows) -> texts.put(file, FlatJson.write(rows)));
    return texts;
  }
}
