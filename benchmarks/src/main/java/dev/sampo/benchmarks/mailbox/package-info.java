/** {@code sampo bench mailbox}: how long a message is under way between two actors. */
@org.jspecify.annotations.NullMarked
package dev.sampo.benchmarks.mailbox;
