using MallVip.Rules.Events;
using MallVip.Rules.Programmes.Vocabulary;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>Values of declared attributes and event fields.</summary>
internal static class FieldValueParser
{
    private const decimal MostNumber = Quantities.Money.Limit;

    /// <summary>Null: a problem was noted.</summary>
    public static FieldValue? Parse(ref DataReader reader, AttributeType field)
    {
        if (field.Personal)
            return reader.Personal(field.Name) is { } handle ? new FieldValue.Handle(handle) : null;
        switch (field.Type)
        {
            case FieldType.Text:
                return Text(ref reader, field);
            case FieldType.Number:
                return reader.Decimal(field.Min ?? -MostNumber, field.Max ?? MostNumber) is { } number
                    ? new FieldValue.Number(number)
                    : null;
            case FieldType.Flag:
                return reader.Flag() is { } flag ? new FieldValue.Flag(flag) : null;
            case FieldType.Moment:
                return reader.Moment() is { } moment ? new FieldValue.Moment(moment) : null;
            case FieldType.Date:
                return Date(ref reader, field) is { } day ? new FieldValue.Date(day) : null;
            default:
                throw new InvalidOperationException($"No field type {field.Type}.");
        }
    }

    private static FieldValue.Text? Text(ref DataReader reader, AttributeType field)
    {
        if (reader.Text() is not { } text)
            return null;
        if (field.Choices.IsEmpty || field.Choices.Contains(text))
            return new(text);
        reader.NoteUnknownValue("INPUT_NOT_CHOICE", text, field.Choices);
        return null;
    }

    // Of a birthday only month and day are kept; it may be sent so.
    private static DateOnly? Date(ref DataReader reader, AttributeType field)
    {
        if (reader.Text() is not { } text)
            return null;
        var birthday = field.Name is Birthdays.Attribute;
        var day = Forms.ReadDay(text) ?? (birthday ? Forms.ReadMonthDay(text) : null);
        if (day is null)
            reader.Problem(birthday ? "INPUT_NOT_BIRTHDAY" : "INPUT_NOT_DAY");
        return day is { } date && birthday ? new(4, date.Month, date.Day) : day;
    }
}
