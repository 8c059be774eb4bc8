using System.Globalization;
using MallVip.Rules.Cel;
using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>
/// Declared attributes and event fields in expressions. Text that is absent reads as <c>""</c>; another
/// absent value is an error unless <c>has()</c> is asked first. A personal value can only be compared.
/// </summary>
internal static class FieldVocabulary
{
    private static readonly CelType Handle = CelType.Opaque("personal");

    // Equal to no handle: an absent personal value equals nothing but another absent one.
    private static readonly CelValue NoHandle = CelValue.OfOpaque(new FieldValue.Handle(""));

    public static void Add(CelObjectType<EvalContext> type, AttributeType field, Func<EvalContext,
        FieldValue?> get)
    {
        if (field.Personal)
            type.Field(field.Name, c =>
                get(c) is FieldValue.Handle handle ? CelValue.OfOpaque(handle) : NoHandle, Handle);
        else
            AddPlain(type, field, get);
    }

    /// <summary>A value that is personal by its nature: a car's plate.</summary>
    public static void AddHandle(CelObjectType<EvalContext> type, string name, Func<EvalContext,
        string> get) =>
        type.Field(name, c => CelValue.OfOpaque(new FieldValue.Handle(get(c))), Handle);

    private static void AddPlain(CelObjectType<EvalContext> type, AttributeType field, Func<EvalContext,
        FieldValue?> get) =>
        _ = field.Type switch
        {
            FieldType.Text when !field.Choices.IsEmpty => type.Field(
                field.Name, c => (get(c) as FieldValue.Text)?.Value ?? "",
                CelType.Enum(field.Name, field.Choices.Append(""))),
            FieldType.Text => type.Field(field.Name, c => (get(c) as FieldValue.Text)?.Value ?? ""),
            FieldType.Number => type.Field(field.Name, c => (get(c) as FieldValue.Number)?.Value),
            FieldType.Flag => type.Field(field.Name, c => (get(c) as FieldValue.Flag)?.Value),
            FieldType.Moment => type.Field(field.Name, c => (get(c) as FieldValue.Moment)?.Value),
            FieldType.Date =>
                type.Field(field.Name, c => TextOf(field.Name, (get(c) as FieldValue.Date)?.Value)),
            _ => throw new InvalidOperationException($"No field type {field.Type}."),
        };

    // Dates compare as text: YYYY-MM-DD, a birthday MM-DD; absent: "".
    private static string TextOf(string name, DateOnly? day)
    {
        var form = name is Birthdays.Attribute ? "MM-dd" : "yyyy-MM-dd";
        return day?.ToString(form, CultureInfo.InvariantCulture) ?? "";
    }
}
