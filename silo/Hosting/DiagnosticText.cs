using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MallVip.Rules.Checking;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting;

/// <summary>A finding as a line for people, or as JSON for editors and CI.</summary>
public static class DiagnosticText
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>file:line:column: error CODE: message hint</c>, in the operator's language.</summary>
    public static string Line(Diagnostic diagnostic) =>
        diagnostic.ToString(ConsoleText.IsChinese() ? Language.Chinese : Language.English);

    /// <summary>One JSON object with the texts of both languages.</summary>
    public static string Json(Diagnostic diagnostic)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Code);
            json.WriteString("severity", diagnostic.Severity == Severity.Error ? "error" : "warning");
            json.WriteString("file", diagnostic.Place.File);
            json.WriteNumber("line", diagnostic.Place.Line);
            json.WriteNumber("column", diagnostic.Place.Column);
            WriteTexts(json, "message", language => diagnostic.Message(language));
            WriteTexts(json, "hint", diagnostic.Hint);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, Func<Language, string?> text)
    {
        if (text(Language.English) is not { } english)
            return;
        json.WriteStartObject(name);
        json.WriteString("en", english);
        json.WriteString("zh", text(Language.Chinese));
        json.WriteEndObject();
    }
}
