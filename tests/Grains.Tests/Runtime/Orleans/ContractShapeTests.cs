using System.Reflection;
using MallVip.Grains.Members;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>No part of a contract is left behind between silos: what has no number does not travel.</summary>
public sealed class ContractShapeTests
{
    private static readonly Assembly Contracts = typeof(IMemberGrain).Assembly;

    [Fact]
    public void Whatever_a_contract_names_can_be_sent()
    {
        using var services =
            new ServiceCollection().AddSerializer(serializer => serializer.AddRules()).BuildServiceProvider();
        var codecs = services.GetRequiredService<ICodecProvider>();
        Assert.All(Spoken(), type => Assert.True(
            codecs.TryGetCodec(type) is not null, $"{type} has no codec."));
    }

    [Fact]
    public void Every_property_of_a_contract_record_is_numbered_once()
    {
        var records = Spoken().Where(IsOurs).ToList();
        Assert.Contains(typeof(MemberRequest), records);
        foreach (var type in records.Where(type => !type.IsEnum))
        {
            Assert.True(type.IsDefined(typeof(GenerateSerializerAttribute)), $"{type} is not serializable.");
            var numbers = Kept(type).Select(property => (property.Name,
                property.GetCustomAttribute<IdAttribute>()?.Id)).ToList();
            Assert.All(numbers, it => Assert.True(
                it.Id is not null, $"{type.Name}.{it.Name} has no number."));
            Assert.Equal(numbers.Count, numbers.Select(it => it.Id).Distinct().Count());
        }
    }

    /// <summary>All types that calls carry, and all that those are made of.</summary>
    private static HashSet<Type> Spoken()
    {
        var seen = new HashSet<Type>();
        var methods = Contracts.GetTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrainWithStringKey)))
            .SelectMany(type => type.GetMethods());
        foreach (var method in methods)
        {
            Visit(method.ReturnType, seen);
            foreach (var parameter in method.GetParameters())
                Visit(parameter.ParameterType, seen);
        }

        return seen;
    }

    private static void Visit(Type type, HashSet<Type> seen)
    {
        foreach (var argument in type.GetGenericArguments())
            Visit(argument, seen);
        if (type == typeof(Task) || type.IsGenericType || !seen.Add(type) || !IsOurs(type))
            return;
        foreach (var property in Kept(type))
            Visit(property.PropertyType, seen);
        foreach (var derived in Contracts.GetTypes().Where(other => other.BaseType == type))
            Visit(derived, seen);
    }

    private static bool IsOurs(Type type) => type.Assembly == Contracts;

    private static IEnumerable<PropertyInfo> Kept(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is not null);
}
