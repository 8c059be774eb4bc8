using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Journaling;

/// <summary>
/// Ids of wallets, rules, malls, tiers and tags are read as one string for all members: a member who was
/// loaded takes no more memory than one who was live all along.
/// </summary>
internal sealed class SharedNames : JsonConverter<string>
{
    private static readonly SharedNames Instance = new();

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "w", "k", "m", "from", "to", "wallet", "key", "tag", "rule", "tier", "homeMall", "event",
    };

    /// <summary>Applies to the parts of facts and of the state that hold such ids.</summary>
    public static void Use(JsonTypeInfo type)
    {
        var keepsNames = type.Type.IsSubclassOf(typeof(Fact))
            || type.Type.Namespace == typeof(MemberState).Namespace
            || type.Type.Namespace == typeof(Coupon).Namespace;
        if (!keepsNames)
            return;
        foreach (var property in type.Properties)
            if (property.PropertyType == typeof(string)
                && (Names.Contains(property.Name)
                    || (type.Type == typeof(Fact.TagAdded) && property.Name == "n")))
                property.CustomConverter = Instance;
    }

    public override string? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NameTable.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
