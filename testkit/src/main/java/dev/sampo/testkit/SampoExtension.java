package dev.sampo.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a {@link SampoTest} once in each of its modes. */
final class SampoExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getElement(), SampoTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    var test =
        AnnotationSupport.findAnnotation(context.getElement(), SampoTest.class).orElseThrow();
    if (test.mode().length == 0) {
      throw new ExtensionConfigurationException("@SampoTest needs a mode");
    }
    return Arrays.stream(test.mode()).distinct().map(mode -> new InMode(test, mode));
  }

  private record InMode(SampoTest test, Mode mode) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocation) {
      return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new LedgerOfTest(test, mode));
    }
  }
}
