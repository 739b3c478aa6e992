/** The Java client: sends transactions safely and believes nothing that it has not verified. */
@org.jspecify.annotations.NullMarked
package dev.sampo.client;
