/// Chat templates: the Jinja2 program that comes with a model, rendered as transformers renders it.
///
/// **In** a template, which is not trusted, and messages as dictionaries. **Out** the text of a prompt, or
/// [Unwritable].
/// No template gets more than its [TemplateBudget] of time, memory and text, or sees a name that is not
/// allowed here.
/// Nothing here knows a token.
///
/// Start at [ChatTemplate], then [TemplateEngine].
///
/// **To add what a template may call:** a filter in [TemplateFilters], a method of a value in
/// [TemplateMethods], a test in [TemplateTests].
@NullMarked
package dev.hone.torch.template;

import org.jspecify.annotations.NullMarked;
