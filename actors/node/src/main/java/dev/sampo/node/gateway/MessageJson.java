package dev.sampo.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The JSON form of the API's messages, which thereby cannot drift from gRPC: the names are those of
 * the proto file, bytes are lower-case hexadecimal, 64-bit numbers are numbers, enum values lose
 * the prefix of their type, absent messages and empty bytes are null, and every field is there.
 */
final class MessageJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private MessageJson() {}

  static String of(Message message) {
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(text)) {
      write(message, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(Message message, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (var field : message.getDescriptorForType().getFields()) {
      json.writeFieldName(field.getName());
      if (field.isRepeated()) {
        json.writeStartArray();
        for (var element : (List<?>) message.getField(field)) {
          write(field, element, json);
        }
        json.writeEndArray();
      } else if (field.hasPresence() && !message.hasField(field)) {
        json.writeNull();
      } else {
        write(field, message.getField(field), json);
      }
    }
    json.writeEndObject();
  }

  private static void write(FieldDescriptor field, Object value, JsonGenerator json)
      throws IOException {
    switch (field.getJavaType()) {
      case MESSAGE -> write((Message) value, json);
      case BYTE_STRING -> writeBytes((ByteString) value, json);
      case ENUM -> json.writeString(name((EnumValueDescriptor) value));
      case STRING -> json.writeString((String) value);
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case INT -> json.writeNumber((Integer) value);
      case LONG -> json.writeNumber((Long) value);
      case FLOAT -> json.writeNumber((Float) value);
      case DOUBLE -> json.writeNumber((Double) value);
    }
  }

  private static void writeBytes(ByteString value, JsonGenerator json) throws IOException {
    if (value.isEmpty()) {
      json.writeNull();
    } else {
      json.writeString(HexFormat.of().formatHex(value.toByteArray()));
    }
  }

  private static String name(EnumValueDescriptor value) {
    var prefix = value.getType().getName().toUpperCase(Locale.ROOT) + "_";
    return value.getName().substring(prefix.length());
  }
}
