/**
 * Benchmarks of single parts, run by JMH; their classes are open and public because it extends
 * them.
 */
@org.jspecify.annotations.NullMarked
package dev.sampo.benchmarks.micro;
