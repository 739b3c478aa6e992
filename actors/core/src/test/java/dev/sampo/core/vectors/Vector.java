package dev.sampo.core.vectors;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** An encoded value with a name, as published in {@code vectors/}. */
record Vector(String name, Encoding encoding, Bytes encoded) {

  Map<String, String> fields() throws Malformed {
    var fields = new LinkedHashMap<String, String>();
    fields.put("name", name);
    fields.put("type", encoding.name());
    fields.put("hex", encoded.hex());
    fields.putAll(new TreeMap<>(encoding.hashes(encoded)));
    return fields;
  }

  static Vector of(Map<String, String> fields) {
    return new Vector(
        fields.get("name"), Encoding.valueOf(fields.get("type")), Bytes.fromHex(fields.get("hex")));
  }

  @Override
  public String toString() {
    return name;
  }
}
